package dev.sluice.job;

import java.util.concurrent.CountDownLatch;

/** A job as the engine has it, which ends every one of its jobs before it ends itself. */
interface OwnedJob extends Job {

    /** Waits for the end as {@link #await()}, whatever happens; a job never started has none. */
    void awaitUninterruptibly();

    /** Waits for the end of a job's thread; an interrupt is kept, not obeyed. */
    static void awaitEnd(Thread thread, CountDownLatch end) {
        boolean interrupted = false;
        while (thread.getState() != Thread.State.NEW && end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
