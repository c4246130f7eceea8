package dev.sluice.job;

import org.jspecify.annotations.Nullable;

/**
 * How well a database is backed up, as {@link BackupRule} judges it.
 *
 * @param state the judgement
 * @param last its last completed backup; null when none is known
 * @param failure the attempt that failed since; null when none did
 */
public record BackupHealth(State state, @Nullable RunRecord last, @Nullable RunRecord failure) {

    /** The judgement, from the worst on. */
    public enum State {
        /** The last attempt failed, or its process died. */
        FAILED,
        /** There was a backup, too long ago. */
        OVERDUE,
        /** No backup is known. */
        NEVER,
        /** There is a recent backup. */
        GOOD
    }
}
