package dev.sluice.sql.embedded;

import org.jspecify.annotations.Nullable;

/**
 * A BACKUP or RESTORE that several device threads carry out together: they stop together, for the
 * first reason any of them has, and meet where one must not run ahead of the others. Any thread.
 */
final class Operation {

    private final int parties;
    private @Nullable Exception failure;
    private int waiting;
    private int meeting;

    /**
     * @param parties number of device threads
     */
    Operation(int parties) {
        this.parties = parties;
    }

    /** Stops the operation; only the first reason is kept. */
    synchronized void fail(Exception reason) {
        if (failure == null) {
            failure = reason;
        }
        notifyAll();
    }

    /** Why the operation stopped, or null. */
    synchronized @Nullable Exception failure() {
        return failure;
    }

    /** Goes on only if nobody has failed. */
    synchronized void check() throws StoppedException {
        if (failure != null) {
            throw new StoppedException();
        }
    }

    /** Waits until every device thread is here, or one has failed. */
    synchronized void meet() throws StoppedException {
        check();
        int mine = meeting;
        if (++waiting == parties) {
            waiting = 0;
            meeting++;
            notifyAll();
        }
        while (meeting == mine) {
            await();
            check();
        }
    }

    /** Waits for a notification. Threads of the server are never interrupted by anybody. */
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            fail(new IllegalStateException("a thread of the server was interrupted", e));
        }
    }

    /** Another device thread has failed, so this one stops as well. */
    static final class StoppedException extends Exception {

        private static final long serialVersionUID = 1;

        StoppedException() {
            super("the operation was stopped", null, false, false);
        }
    }
}
