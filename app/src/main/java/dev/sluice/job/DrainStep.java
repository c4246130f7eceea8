package dev.sluice.job;

import dev.sluice.words.Told;

import java.time.Duration;

/**
 * A line of the drain's checklist. The steps follow the order of ABORT-44.
 *
 * @param phase which
 * @param status how far
 * @param elapsed time spent on it so far, or in all
 * @param told such as that 3 of 8 buffers returned; may be nothing
 */
public record DrainStep(Phase phase, Status status, Duration elapsed, Told told) {

    /** The phases, in order. */
    public enum Phase {
        /** The stop was requested, or a failure made it necessary. */
        STOP_REQUESTED,
        /** SignalAbort was called. */
        SIGNAL_ABORT_SENT,
        /** The buffers in our hands came back. */
        BUFFERS_RETURNED,
        /** The device workers left. */
        DEVICES_CLOSED,
        /** Close was called on the device set. */
        SET_CLOSED,
        /** The server's statement ended. */
        STATEMENT_ENDED,
        /** Partial files were removed; for a restore: the target was checked. */
        PARTIAL_FILES_REMOVED
    }

    /** How far a step is. */
    public enum Status {
        /** Not begun. */
        PENDING,
        /** Under way. */
        ACTIVE,
        /** Done. */
        DONE
    }

    /** Whether it is the beginning of a drain that nobody asked for. */
    public boolean isFailure() {
        return phase == Phase.STOP_REQUESTED && !detail().isEmpty() && !Triggers.isBy(told);
    }

    /** What is told, in English; may be empty. */
    public String detail() {
        return told.english();
    }
}
