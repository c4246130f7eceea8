package dev.sluice.transfer;

import java.util.concurrent.atomic.AtomicLong;

/** A counter that one thread writes and any thread reads; writing costs no fence and no lock. */
final class OwnedCounter {

    private final AtomicLong value = new AtomicLong();

    /** By the owner only. */
    void add(long amount) {
        value.setRelease(value.getPlain() + amount);
    }

    long get() {
        return value.getAcquire();
    }
}
