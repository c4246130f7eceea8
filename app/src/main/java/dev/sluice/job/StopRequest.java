package dev.sluice.job;

import dev.sluice.transfer.CompletionGate;

/**
 * Whether a stop was asked for, and whether it came in time. The first to settle it decides: who
 * asks for the stop, the backup that passes its point of no return, or the job that fails by
 * itself. Safe from any thread; nothing here waits.
 */
final class StopRequest {

    private enum Position {
        /** Nothing happened yet. */
        OPEN,
        /** Somebody asked in time. */
        REQUESTED,
        /** The job fails of itself and drains. */
        FAILING,
        /** The work is done. */
        DONE
    }

    private final CompletionGate gate;
    private final JobSignals signals;
    private Position position = Position.OPEN;
    private String who = "";
    private boolean tooLate;

    StopRequest(CompletionGate gate, JobSignals signals) {
        this.gate = gate;
        this.signals = signals;
    }

    synchronized Job.CancelReply request(String by) {
        return switch (position) {
            case REQUESTED, FAILING -> Job.CancelReply.ALREADY_CANCELLING;
            case DONE -> late();
            case OPEN -> gate.tryStop() ? accept(by) : late();
        };
    }

    private Job.CancelReply accept(String by) {
        position = Position.REQUESTED;
        who = by;
        signals.raise(JobSignals.Signal.STOP_REQUESTED);
        return Job.CancelReply.ACCEPTED;
    }

    private Job.CancelReply late() {
        tooLate = true;
        return Job.CancelReply.TOO_LATE;
    }

    /**
     * The job fails.
     *
     * @return false when a stop was asked for before: then it is cancelled, whatever else happened
     */
    synchronized boolean settleFailure() {
        if (position == Position.REQUESTED) {
            return false;
        }
        position = Position.FAILING;
        return true;
    }

    /** The work is done; a stop that was asked for before came too late. */
    synchronized void settleSuccess() {
        tooLate |= position == Position.REQUESTED;
        position = Position.DONE;
    }

    /** Whether a stop came too late and could not be made up for by asking again. */
    synchronized boolean isTooLate() {
        return tooLate && (position == Position.DONE || gate.isPassed());
    }

    /** Who asked; empty when nobody did. */
    synchronized String who() {
        return who;
    }
}
