package dev.sluice.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the bytes of one device come from during a restore. One worker thread uses it, except for
 * {@link #interrupt()} and the two observations.
 */
public interface StripeSource {

    /**
     * Fills the buffer from the stream: all of its remaining bytes whenever that much data exists,
     * fewer only at the end. No byte is handed over before the chunk it belongs to was checked
     * against its digest. When it fails, the buffer's position tells how many good bytes came
     * before.
     *
     * @return bytes put into the buffer; 0 at the end
     * @throws DamagedDataException when the data is not what was written
     * @throws IOException when the data cannot be read
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Makes a read that is under way in the worker fail soon, and every later one at once; callable
     * from any thread, and returns at once.
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
