package dev.sluice.vdi.embedded;

import dev.sluice.vdi.internal.TimeSource;

import java.util.concurrent.TimeUnit;

/**
 * The rule behind serverTimeOut (ABORT-39): a set has stalled when commands are pending and none
 * completed for longer than two intervals. Idle time does not count. Guarded by the set's monitor.
 */
final class StallWatch {

    private static final int INTERVALS = 2;

    private final TimeSource time;
    private final long interval;
    private int pending;
    private long lastProgress;

    /**
     * @param intervalMillis the client's serverTimeOut; 0 switches the rule off
     */
    StallWatch(TimeSource time, int intervalMillis) {
        this.time = time;
        this.interval = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    }

    /** Whether there is no rule; safe outside the monitor. */
    boolean isOff() {
        return interval == 0;
    }

    void sent() {
        if (pending++ == 0) {
            progress();
        }
    }

    void completed() {
        pending--;
        progress();
    }

    private void progress() {
        if (interval > 0) {
            lastProgress = time.nanos();
        }
    }

    boolean stalled() {
        return interval > 0 && pending > 0 && time.nanos() - lastProgress > INTERVALS * interval;
    }

    /**
     * When to look again. A command that comes while nothing is pending disturbs nobody: it is seen
     * after one interval, before it can be overdue.
     */
    long nextLook() {
        return pending > 0 ? lastProgress + INTERVALS * interval + 1 : time.nanos() + interval;
    }
}
