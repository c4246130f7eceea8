package dev.sluice.vdi.jna.aborts;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts a client's steps; the one that was drawn sets the strike off. Any thread. */
final class Fuse {

    private final int due;
    private final AtomicInteger steps = new AtomicInteger();
    private final CountDownLatch lit = new CountDownLatch(1);

    Fuse(int due) {
        this.due = due;
    }

    /**
     * The client makes a step.
     *
     * @return whether it is the one
     */
    boolean step() {
        return steps.incrementAndGet() == due;
    }

    /** Sets the strike off, if nothing has. */
    void light() {
        lit.countDown();
    }

    void await() throws InterruptedException {
        lit.await();
    }
}
