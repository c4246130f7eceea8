package dev.sluice.job;

import java.util.EnumSet;
import java.util.Set;

/**
 * The state of a backup or restore job, and the table of its transitions. Only the job's own thread
 * changes it.
 */
public enum JobState {
    /** The request is checked, folders are made, the device set is created. */
    PREPARING,
    /** The statement was sent; the server attaches and configures the set; devices open. */
    CONNECTING,
    /** Device workers move data. */
    STREAMING,
    /** The streams ended; the server's verdict and the commit of the set are awaited. */
    FINALISING,
    /** A stop was requested: SignalAbort, drain, Close, clean-up. */
    CANCELLING,
    /** The statement succeeded, every byte is durable, the manifest is committed. Terminal. */
    COMPLETED,
    /** Stopped on request; nothing half-done is left. Terminal. */
    CANCELLED,
    /** Ended by an error. Terminal. */
    FAILED;

    /** The states that may follow this one; empty for a terminal state. */
    public Set<JobState> successors() {
        return switch (this) {
            case PREPARING -> EnumSet.of(CONNECTING, CANCELLING, FAILED);
            case CONNECTING -> EnumSet.of(STREAMING, CANCELLING, FAILED);
            case STREAMING -> EnumSet.of(FINALISING, CANCELLING, FAILED);
            case FINALISING -> EnumSet.of(COMPLETED, CANCELLING, FAILED);
            // a stop may come too late: then what happened is told, not what was asked for
            case CANCELLING -> EnumSet.of(CANCELLED, COMPLETED, FAILED);
            case COMPLETED, CANCELLED, FAILED -> EnumSet.noneOf(JobState.class);
        };
    }

    /** Whether the job has ended. */
    public boolean isTerminal() {
        return successors().isEmpty();
    }
}
