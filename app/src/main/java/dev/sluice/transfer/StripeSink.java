package dev.sluice.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the bytes of one device go during a backup. One worker thread uses it, except for {@link
 * #interrupt()} and the two observations.
 */
public interface StripeSink {

    /**
     * Stores all remaining bytes of the given buffers, in order, without copying them: it returns
     * when the file system has taken them.
     *
     * @param buffers shared buffers, consumed to their limits
     * @param count how many of them, from index 0, are meant
     * @throws StorageFullException when there is no room for them
     * @throws IOException when they could not all be stored
     */
    void write(ByteBuffer[] buffers, int count) throws IOException;

    /** Returns when everything written so far is durable. */
    void flush() throws IOException;

    /**
     * Makes a write or flush that is under way in the worker fail soon, and every later one at
     * once; callable from any thread, and returns at once.
     */
    void interrupt();

    /** Whether the worker computes digests at this moment; for showing, from any thread. */
    default boolean isChecking() {
        return false;
    }

    /** Nanoseconds spent on digests so far; for showing, from any thread. */
    default long checkingNanos() {
        return 0;
    }
}
