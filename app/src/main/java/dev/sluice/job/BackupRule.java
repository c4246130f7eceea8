package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When a database counts as well backed up: a backup of any type completed recently, and no attempt
 * failed since. A cancelled attempt is no failure, and one that goes on says nothing yet.
 *
 * @param longest the longest time that may pass since the end of the last completed backup;
 *     positive
 */
public record BackupRule(Duration longest) {

    /** A backup each day. */
    public static final BackupRule DAILY = new BackupRule(Duration.ofHours(24));

    private static final BackupHealth NEVER =
            new BackupHealth(BackupHealth.State.NEVER, null, null);

    /** Refuses a time that would make every backup too old. */
    public BackupRule {
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("a backup cannot be younger than " + longest);
        }
    }

    /**
     * Judges every database of a server that has runs.
     *
     * @param runs newest first, also those of other servers
     * @return by database; those that are missing have {@link #neverBackedUp()}
     */
    public Map<String, BackupHealth> judge(String server, List<RunRecord> runs, Instant now) {
        Map<String, RunRecord> last = new HashMap<>();
        Map<String, RunRecord> failures = new HashMap<>();
        for (RunRecord run : runs) {
            if (run.kind() == JobKind.BACKUP
                    && run.server().equals(server)
                    && !last.containsKey(run.database())) {
                switch (run.outcome()) {
                    case COMPLETED -> last.put(run.database(), run);
                    case FAILED, INTERRUPTED -> failures.putIfAbsent(run.database(), run);
                    case CANCELLED, RUNNING -> {}
                }
            }
        }
        Map<String, BackupHealth> judged = new HashMap<>();
        last.forEach(
                (database, run) -> judged.put(database, judge(run, failures.get(database), now)));
        failures.forEach((database, run) -> judged.putIfAbsent(database, judge(null, run, now)));
        return judged;
    }

    /** What is to be said of a database without runs. */
    public static BackupHealth neverBackedUp() {
        return NEVER;
    }

    private BackupHealth judge(@Nullable RunRecord last, @Nullable RunRecord failure, Instant now) {
        if (failure != null) {
            return new BackupHealth(BackupHealth.State.FAILED, last, failure);
        }
        if (last == null) {
            return NEVER;
        }
        Duration age = Duration.between(last.started().plus(last.duration()), now);
        return new BackupHealth(
                age.compareTo(longest) > 0 ? BackupHealth.State.OVERDUE : BackupHealth.State.GOOD,
                last,
                null);
    }
}
