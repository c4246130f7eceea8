package dev.sluice.sql.embedded;

import java.util.concurrent.CountDownLatch;

/** Waits that an interrupt cannot cut short; it is kept for later. */
final class Threads {

    /** A wait that can be interrupted. */
    private interface Wait {
        void now() throws InterruptedException;
    }

    private Threads() {}

    /** Waits for a thread's end. */
    static void join(Thread thread) {
        uninterruptibly(thread::join);
    }

    /** Waits until a latch is open. */
    static void await(CountDownLatch latch) {
        uninterruptibly(latch::await);
    }

    private static void uninterruptibly(Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                wait.now();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
