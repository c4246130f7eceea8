package dev.sluice.ui.history;

import dev.sluice.job.RunRecord.Outcome;

/** Which ends of runs the history shows. */
public enum OutcomeFilter {
    /** Every run. */
    ANY,
    /** Those that did all they should. */
    COMPLETED,
    /** Those that did not: the ones to look at. */
    TROUBLED,
    /** Those that were stopped on request. */
    CANCELLED,
    /** Those that go on. */
    RUNNING;

    boolean includes(Outcome outcome) {
        return switch (this) {
            case ANY -> true;
            case COMPLETED -> outcome == Outcome.COMPLETED;
            case TROUBLED -> outcome == Outcome.FAILED || outcome == Outcome.INTERRUPTED;
            case CANCELLED -> outcome == Outcome.CANCELLED;
            case RUNNING -> outcome == Outcome.RUNNING;
        };
    }
}
