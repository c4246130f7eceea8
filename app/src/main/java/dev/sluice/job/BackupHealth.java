package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * How well a database is backed up, as {@link BackupRule} judges it.
 *
 * @param state the judgement
 * @param log whether its log is backed up
 * @param backups its last backup of each type, copy-only ones apart, newest first
 * @param own its last backup that Sluice made; null when there is none
 * @param failure the last attempt that failed, or the verification that a backup did not pass, when
 *     no other backup makes up for it; null when there is none
 */
public record BackupHealth(
        State state,
        Log log,
        List<KnownBackup> backups,
        @Nullable RunRecord own,
        @Nullable RunRecord failure) {

    /** The judgement, from the worst on. */
    public enum State {
        /**
         * An attempt failed, or its process died, or what it made did not pass its verification,
         * and no backup makes up for it.
         */
        FAILED,
        /** There was a backup, too long ago. */
        OVERDUE,
        /** There was no backup: neither Sluice nor the server has a record of one. */
        NEVER,
        /** No backup is known, but the server's record could not be read. */
        UNKNOWN,
        /** There is a recent backup, but none of the log that is recent, or none of it at all. */
        LOG,
        /** There is a recent backup. */
        GOOD
    }

    /** How it is with the log of a database that keeps it until it is backed up. */
    public enum Log {
        /** Backed up recently, or it need not be, or nobody knows. */
        GOOD,
        /** Its last backup was too long ago. */
        OVERDUE,
        /** No backup of it is known: it grows, unless another replica backs it up. */
        NEVER
    }

    /** The last of all, of whatever type. */
    public Optional<KnownBackup> last() {
        return backups.stream().findFirst();
    }

    /** The last that freed some of the log. */
    public Optional<KnownBackup> lastOfLog() {
        return lastOfLog(backups);
    }

    /** The last that holds data: all of a database, what changed in it, or a part of it. */
    public Optional<KnownBackup> lastOfData() {
        return backups.stream().filter(backup -> !backup.isOfLog()).findFirst();
    }

    static Optional<KnownBackup> lastOfLog(List<KnownBackup> newestFirst) {
        return newestFirst.stream()
                .filter(backup -> backup.isOfLog() && !backup.copyOnly())
                .findFirst();
    }
}
