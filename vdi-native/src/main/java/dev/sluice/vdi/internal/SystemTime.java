package dev.sluice.vdi.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The system's clock. */
public final class SystemTime implements TimeSource {

    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(1);

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void park(Object blocker, long deadline) {
        if (deadline == NEVER) {
            LockSupport.park(blocker);
        } else {
            LockSupport.parkNanos(blocker, deadline - nanos());
        }
    }

    @Override
    public void pause() {
        LockSupport.parkNanos(this, MOMENT);
    }
}
