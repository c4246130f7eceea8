package dev.sluice.vdi.embedded;

import dev.sluice.vdi.internal.TimeSource;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A clock that a test moves; whoever waits is woken to look at it. */
final class ManualTime implements TimeSource {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final Map<Thread, Long> parkedSince = new HashMap<>();
    private long now = 1_000_000;
    private long moves;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public void park(Object blocker, long deadline) {
        Thread me = Thread.currentThread();
        synchronized (this) {
            if (deadline != NEVER && now - deadline >= 0) {
                return;
            }
            parkedSince.put(me, moves);
            notifyAll();
        }
        LockSupport.park(blocker);
        synchronized (this) {
            parkedSince.remove(me);
        }
    }

    @Override
    public void pause() {
        Thread.onSpinWait();
    }

    void advanceMillis(long millis) {
        advance(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    synchronized void advance(long nanos) {
        now += nanos;
        moves++;
        parkedSince.keySet().forEach(LockSupport::unpark);
    }

    /** Waits until a thread has parked since the clock moved last. */
    synchronized void untilParked(Thread thread) {
        long end = System.nanoTime() + PATIENCE;
        while (parkedSince.getOrDefault(thread, -1L) != moves) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(thread.getName() + " did not park");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
