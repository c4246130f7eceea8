package dev.sluice.vdi.internal;

import java.util.concurrent.TimeUnit;

/** The clock, and the waits that depend on it. Safe from any thread. */
public interface TimeSource {

    /** A deadline that never comes. */
    long NEVER = Long.MAX_VALUE;

    /** Nanoseconds since an arbitrary moment. */
    long nanos();

    /**
     * Parks the calling thread until it is unparked, interrupted or the deadline comes; may return
     * early without a reason, as {@link java.util.concurrent.locks.LockSupport#park(Object)} does.
     */
    void park(Object blocker, long deadline);

    /** Parks for a moment, for the rare condition that nothing announces. */
    void pause();

    /** The moment a time-out of so many milliseconds ends; negative is never. */
    default long deadline(long timeoutMillis) {
        boolean forever = timeoutMillis < 0 || timeoutMillis > TimeUnit.DAYS.toMillis(10_000);
        return forever ? NEVER : nanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /** Whether a deadline has come. */
    default boolean expired(long deadline) {
        return deadline != NEVER && nanos() - deadline >= 0;
    }
}
