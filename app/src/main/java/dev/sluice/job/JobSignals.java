package dev.sluice.job;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a job's own thread waits for. Any thread raises a signal; raised ones stay raised. The job's
 * thread is never interrupted by anybody who knows it: an interrupt is kept, not obeyed, since a
 * drain cannot be cut short.
 */
final class JobSignals {

    /** Things that happen to a job. */
    enum Signal {
        /** Somebody asked for a stop, in time. */
        STOP_REQUESTED,
        /** The statement's thread has its verdict. */
        STATEMENT_ENDED,
        /** Every device worker has left. */
        WORKERS_ENDED,
        /** A device failed in a way that leaves the server waiting for it. */
        DEVICE_BROKEN
    }

    private final LongSupplier nanos;
    private final Set<Signal> raised = EnumSet.noneOf(Signal.class);

    JobSignals(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void raise(Signal signal) {
        raised.add(signal);
        notifyAll();
    }

    synchronized boolean isRaised(Signal signal) {
        return raised.contains(signal);
    }

    /** Waits until one of these signals is raised, or was raised before. */
    void await(Signal first, Signal... others) {
        awaitUntil(EnumSet.of(first, others), Long.MAX_VALUE);
    }

    /**
     * Waits as {@link #await(Signal, Signal...)}, at most so long.
     *
     * @return whether one is raised
     */
    boolean await(Duration atMost, Signal first, Signal... others) {
        return awaitUntil(EnumSet.of(first, others), nanos.getAsLong() + atMost.toNanos());
    }

    private synchronized boolean awaitUntil(Set<Signal> wanted, long deadline) {
        boolean interrupted = false;
        try {
            while (!anyRaised(wanted)) {
                long left = leftMillis(deadline);
                if (left <= 0) {
                    return false;
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean anyRaised(Set<Signal> wanted) {
        return wanted.stream().anyMatch(raised::contains);
    }

    private long leftMillis(long deadline) {
        return deadline == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : Math.ceilDiv(deadline - nanos.getAsLong(), 1_000_000);
    }
}
