package dev.sluice.job;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.RecordedBackup;
import dev.sluice.sql.TSql;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known of the backups of one database, from both sources. */
final class BackupEvidence {

    /** Backups that stand for each other: the newer one counts. */
    private record Kind(@Nullable String type, boolean copyOnly) {}

    /**
     * A backup that cannot be counted on.
     *
     * @param backup the run that was to make it
     * @param why what tells of the failure: that run, or the verification that its set did not pass
     */
    private record Failure(RunRecord backup, RunRecord why) {

        /**
         * Whether others make up for it. After an attempt that failed the server is as before it;
         * what it wrote into a damaged set, it counts on.
         */
        boolean isMadeUpForBy(Collection<KnownBackup> others) {
            return others.stream()
                    .anyMatch(
                            why.equals(backup)
                                    ? other -> other.makesUpFor(backup)
                                    : other -> makesUpForTheSet(other, others));
        }

        private boolean makesUpForTheSet(KnownBackup other, Collection<KnownBackup> all) {
            if (backup.copyOnly() && KnownBackup.isFull(backup.type())) {
                // nothing builds on it: what its own way leads to later holds all of it
                return other.makesUpFor(backup) || other.goesOnAfter(backup);
            }
            if (BackupType.LOG.word().equals(backup.type()) && !backup.copyOnly()) {
                // that part of the log is given up: the next one goes on after it
                return other.makesUpFor(backup) && !other.isOfLog();
            }
            return other.makesUpFor(backup) && !(isBase() && leavesTheBase(other, all));
        }

        // what a newer Sluice made is taken for one
        private boolean isBase() {
            return backup.type() == null || KnownBackup.isFull(backup.type());
        }

        /** Whether a differential backup since that other one still needs the damaged base. */
        private static boolean leavesTheBase(KnownBackup other, Collection<KnownBackup> all) {
            return other.copyOnly()
                    && all.stream()
                            .filter(KnownBackup::isDifferential)
                            .anyMatch(since -> since.finished().isAfter(other.finished()));
        }
    }

    private final List<RunRecord> runs = new ArrayList<>();
    private final Map<Kind, KnownBackup> newest = new HashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final @Nullable Instant created;
    private @Nullable RunRecord own;

    /**
     * @param created when the database was, if another one may have had its name before; otherwise
     *     null
     */
    BackupEvidence(@Nullable Instant created) {
        this.created = created;
    }

    /**
     * Adds a run of Sluice's that backed it up, or tried to; the newest first.
     *
     * @param verdicts those on all sets
     */
    void add(RunRecord run, Verdicts verdicts) {
        boolean completed = run.outcome() == RunRecord.Outcome.COMPLETED;
        own = own == null && completed ? run : own;
        if (created == null || !run.started().isBefore(created)) {
            addToJudgement(run, verdicts);
        } else if (!completed || verdicts.isDamaged(run.set())) {
            runs.add(run); // or the server's record of it would count
        }
    }

    private void addToJudgement(RunRecord run, Verdicts verdicts) {
        runs.add(run);
        switch (run.outcome()) {
            case COMPLETED -> {
                RunRecord verdict = verdicts.on(run.set());
                if (verdict != null && verdicts.isDamaged(run.set())) {
                    failures.add(new Failure(run, verdict));
                } else {
                    keep(new KnownBackup.Own(run));
                }
            }
            case FAILED, INTERRUPTED -> failures.add(new Failure(run, run));
            case CANCELLED, RUNNING -> {}
        }
    }

    /** Adds what the server recorded, after all runs. */
    void add(RecordedBackup backup) {
        // of its own backups Sluice knows more: one can fail after the server was done with it
        if (runs.stream().noneMatch(run -> isOf(run, backup))) {
            keep(new KnownBackup.Recorded(backup));
        }
    }

    private static boolean isOf(RunRecord run, RecordedBackup backup) {
        String statement = run.statement();
        return statement != null
                && !backup.device().isEmpty()
                && statement.contains("VIRTUAL_DEVICE = " + TSql.quoteString(backup.device()));
    }

    private void keep(KnownBackup backup) {
        newest.merge(
                new Kind(backup.type(), backup.copyOnly()),
                backup,
                (kept, other) -> other.finished().isAfter(kept.finished()) ? other : kept);
    }

    /** The newest of each kind, the newest of all first. */
    List<KnownBackup> backups() {
        return newest.values().stream()
                .sorted(Comparator.comparing(KnownBackup::finished).reversed())
                .toList();
    }

    /** The last that Sluice made, be it of another database that had the name before. */
    @Nullable RunRecord own() {
        return own;
    }

    /**
     * The run that tells of the last backup that failed, or whose set did not pass its last
     * verification, and that no other makes up for.
     */
    @Nullable RunRecord failure() {
        return failures.stream()
                .filter(it -> !it.isMadeUpForBy(newest.values()))
                .findFirst()
                .map(Failure::why)
                .orElse(null);
    }
}
