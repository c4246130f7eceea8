package dev.sluice.transfer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A limit in bytes per second for all devices of a set together: a bucket that is paid after the
 * transfer, so that a single transfer may be larger than the bucket. A worker waits here before it
 * fetches a command, thus with no buffer in its hands. Safe from any thread.
 */
public final class RateLimit {

    /** Where time comes from, and how a worker waits for it. */
    public interface Time {

        /** The machine's clock. */
        Time SYSTEM =
                new Time() {
                    @Override
                    public long nanos() {
                        return System.nanoTime();
                    }

                    // the loop is around the call of this method
                    @SuppressWarnings("WaitNotInLoop")
                    @Override
                    public void await(Condition signal, long nanos) throws InterruptedException {
                        signal.await(nanos, TimeUnit.NANOSECONDS);
                    }
                };

        /** A reading in nanoseconds, from an arbitrary origin, never going back. */
        long nanos();

        /** Waits until signalled or until the time has passed; may return early. */
        void await(Condition signal, long nanos) throws InterruptedException;
    }

    /** Unused time that may be caught up: late wake-ups then cost no rate. */
    private static final long CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final double NANOS_PER_SECOND = 1e9;

    private final double nanosPerByte;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition lifted = lock.newCondition();
    private long paidUntil;
    private volatile boolean open;

    private RateLimit(double nanosPerByte, Time time) {
        this.nanosPerByte = nanosPerByte;
        this.time = time;
        this.paidUntil = time.nanos();
        this.open = nanosPerByte == 0;
    }

    /** No limit: nobody ever waits. */
    public static RateLimit none() {
        return new RateLimit(0, Time.SYSTEM);
    }

    /**
     * A limit on the machine's clock.
     *
     * @param bytesPerSecond for all devices together; 0 for no limit
     */
    public static RateLimit of(long bytesPerSecond) {
        return of(bytesPerSecond, Time.SYSTEM);
    }

    /** A limit on a clock of the caller's. */
    public static RateLimit of(long bytesPerSecond, Time time) {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "a rate limit of %d bytes per second is negative".formatted(bytesPerSecond));
        }
        return new RateLimit(bytesPerSecond == 0 ? 0 : NANOS_PER_SECOND / bytesPerSecond, time);
    }

    /** Whether {@link #awaitTurn()} would wait at this moment. */
    public boolean mustWait() {
        if (open) {
            return false;
        }
        lock.lock();
        try {
            return !open && paidUntil - time.nanos() > 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all bytes paid so far are within the limit, or the limit is lifted.
     *
     * @throws InterruptedException when the calling thread is interrupted
     */
    public void awaitTurn() throws InterruptedException {
        if (open) {
            return;
        }
        lock.lockInterruptibly();
        try {
            for (long left = left(); left > 0; left = left()) {
                time.await(lifted, left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Pays for bytes that were moved. */
    public void pay(long bytes) {
        if (open) {
            return;
        }
        lock.lock();
        try {
            long earliest = time.nanos() - CREDIT_NANOS;
            long from = paidUntil - earliest > 0 ? paidUntil : earliest;
            paidUntil = from + (long) (bytes * nanosPerByte);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the limit for good and wakes whoever waits. */
    public void lift() {
        lock.lock();
        try {
            open = true;
            lifted.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long left() {
        return open ? 0 : paidUntil - time.nanos();
    }
}
