package dev.sluice.job;

import java.time.Duration;

/**
 * A line of the drain's checklist. The steps follow the order of ABORT-44.
 *
 * @param phase which
 * @param status how far
 * @param elapsed time spent on it so far, or in all
 * @param detail such as {@code 3 of 8 buffers returned}; may be empty
 */
public record DrainStep(Phase phase, Status status, Duration elapsed, String detail) {

    /** The phases, in order. */
    public enum Phase {
        /** The stop was requested. */
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
}
