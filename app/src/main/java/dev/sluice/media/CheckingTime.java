package dev.sluice.media;

import java.util.concurrent.atomic.AtomicLong;

/** The time a worker spends on digests. The worker writes, any thread reads. */
final class CheckingTime {

    private final AtomicLong spent = new AtomicLong();
    private volatile boolean on;
    private long began;

    void begin() {
        began = System.nanoTime();
        on = true;
    }

    void end() {
        on = false;
        spent.setRelease(spent.getPlain() + System.nanoTime() - began);
    }

    boolean isOn() {
        return on;
    }

    long nanos() {
        return spent.getAcquire();
    }
}
