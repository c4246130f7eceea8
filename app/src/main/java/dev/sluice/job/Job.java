package dev.sluice.job;

/**
 * A backup or restore that runs, or has run, on threads of its own. Every method may be called from
 * any thread.
 */
public interface Job {

    /** What became of a request to stop. */
    enum CancelReply {
        /** The drain begins. */
        ACCEPTED,
        /** It began already; asking again changes nothing. */
        ALREADY_CANCELLING,
        /**
         * The server has been told that the backup is complete, or the job has ended. Should the
         * server send more data after all, a stop is possible again.
         */
        TOO_LATE
    }

    /** Starts the job's thread; once. */
    void start();

    /**
     * Asks the job to stop, honestly: SignalAbort, the drain, Close. Returns at once.
     *
     * @param who who or what asks, for the log, such as {@link Triggers#USER} or {@code Ctrl-C}
     */
    CancelReply cancel(String who);

    /**
     * Interrupts the I/O that a device worker is stuck in, so that its buffer can come back; the
     * drain still waits for it. Does nothing for a device that is not in an I/O.
     *
     * @param device from 0
     */
    void interruptIo(int device);

    /**
     * The present state of everything there is to show. Cheap enough for ten calls a second, and
     * never waits.
     */
    JobSnapshot snapshot();

    /** Waits for the end and returns the last snapshot. */
    JobSnapshot await() throws InterruptedException;
}
