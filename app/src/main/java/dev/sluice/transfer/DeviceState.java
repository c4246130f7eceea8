package dev.sluice.transfer;

/** What a device worker does at the moment. */
public enum DeviceState {
    /** Opened, no command yet. */
    OPEN,
    /** Waits for the server's next command; no buffer is in its hands. */
    WAITING,
    /** Computes digests. */
    CHECKING,
    /** Reads from or writes to the stripe. */
    IN_IO,
    /** Held back by the rate limit; no buffer is in its hands. */
    THROTTLED,
    /** Saw VD_E_CLOSE, the normal end of the stream, and every I/O of its own succeeded. */
    CLOSED,
    /** Saw VD_E_ABORT. */
    ABORTED,
    /** Ended, by whatever status, after an error of its own. */
    FAILED;

    /** Whether the worker has left. */
    public boolean isEnd() {
        return this == CLOSED || this == ABORTED || this == FAILED;
    }
}
