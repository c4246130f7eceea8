package dev.sluice.job;

import dev.sluice.job.BackupHealth.Log;
import dev.sluice.job.BackupHealth.State;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.RecordedBackup;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a database counts as well backed up: a backup of any type was finished recently, whoever
 * made it, and each attempt of Sluice's that failed was made up for: by a backup that was finished
 * after it and holds as much. So a backup of the log does not hide that the full one failed. A
 * cancelled attempt is no failure, and one that goes on says nothing yet. A backup whose set did
 * not pass its last verification is no backup, and is to be made up for, too: so that the latest
 * state can be restored. What the server gave up of its log with a damaged log backup, no later one
 * of the log holds; a copy-only full backup does not stand for a damaged one that a later
 * differential needs as its base; and for a damaged copy-only full one, on which nothing builds,
 * any later backup of the whole database does.
 *
 * <p>A backup that was taken copy-only counts: it can be restored as any other. A copy-only one of
 * the log frees nothing of the log, though, and the next one holds the same again; so it does not
 * count as a backup of the log. Where a log is kept and no backup of it is recent, the database is
 * not well backed up, whatever else there is. A server takes no differential or log backup without
 * the full one that it needs; whether that one is still there, only a restore can tell.
 *
 * @param longest the longest time that may pass since the end of the last backup; positive
 */
public record BackupRule(Duration longest) {

    /** A backup each day. */
    public static final BackupRule DAILY = new BackupRule(Duration.ofHours(24));

    /** Refuses a time that would make every backup too old. */
    public BackupRule {
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("a backup cannot be younger than " + longest);
        }
    }

    /**
     * Judges the databases of a server.
     *
     * @param runs newest first, also those of other servers
     * @param record the server's own
     * @return by the names of the databases; each of them has a judgement
     */
    public Map<String, BackupHealth> judge(
            String server,
            List<DatabaseInfo> databases,
            List<RunRecord> runs,
            BackupRecord record,
            Instant now) {
        Map<String, BackupEvidence> known = new HashMap<>();
        for (DatabaseInfo database : databases) {
            // without the record nobody else would tell of a backup from before it was restored
            boolean told = record.gap() == BackupRecord.Gap.NONE;
            known.put(database.name(), new BackupEvidence(told ? database.created() : null));
        }
        Verdicts verdicts = Verdicts.of(runs);
        for (RunRecord run : runs) {
            if (run.kind() == JobKind.BACKUP && run.server().equals(server)) {
                of(run.database(), known).add(run, verdicts);
            }
        }
        for (RecordedBackup backup : record.backups()) {
            of(backup.database(), known).add(backup);
        }
        Map<String, BackupHealth> judged = new HashMap<>();
        for (DatabaseInfo database : databases) {
            judged.put(
                    database.name(),
                    judge(database, of(database.name(), known), record.gap(), now));
        }
        return judged;
    }

    private static BackupEvidence of(String database, Map<String, BackupEvidence> known) {
        return known.computeIfAbsent(database, name -> new BackupEvidence(null));
    }

    private BackupHealth judge(
            DatabaseInfo database, BackupEvidence known, BackupRecord.Gap gap, Instant now) {
        List<KnownBackup> backups = known.backups();
        KnownBackup last = backups.isEmpty() ? null : backups.getFirst();
        RunRecord failure = known.failure();
        boolean tellsOfLog = gap == BackupRecord.Gap.NONE && keepsLog(database);
        Log log = tellsOfLog ? log(BackupHealth.lastOfLog(backups), now) : Log.GOOD;
        State state = state(last, failure, gap, now);
        return new BackupHealth(
                state == State.GOOD && log != Log.GOOD ? State.LOG : state,
                log,
                backups,
                known.own(),
                failure);
    }

    private State state(
            @Nullable KnownBackup last,
            @Nullable RunRecord failure,
            BackupRecord.Gap gap,
            Instant now) {
        if (failure != null) {
            return State.FAILED;
        }
        if (last == null) {
            return gap == BackupRecord.Gap.NONE ? State.NEVER : State.UNKNOWN;
        }
        return isTooOld(last, now) ? State.OVERDUE : State.GOOD;
    }

    private Log log(Optional<KnownBackup> last, Instant now) {
        if (last.isEmpty()) {
            return Log.NEVER;
        }
        return isTooOld(last.get(), now) ? Log.OVERDUE : Log.GOOD;
    }

    private boolean isTooOld(KnownBackup backup, Instant now) {
        return Duration.between(backup.finished(), now).compareTo(longest) > 0;
    }

    /** Before the first full backup a log is not kept; and nobody writes to model. */
    private static boolean keepsLog(DatabaseInfo database) {
        return database.state() == DatabaseInfo.State.ONLINE
                && database.hasLogChain()
                && !database.recoveryModel().equals("SIMPLE")
                && !database.name().equals("model");
    }
}
