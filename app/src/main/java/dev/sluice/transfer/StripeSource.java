package dev.sluice.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the bytes of one device come from during a restore. One worker thread uses it, except for
 * {@link #interrupt()}.
 */
public interface StripeSource {

    /**
     * Fills the buffer from the stream: all of its remaining bytes whenever that much data exists,
     * fewer only at the end. No byte is handed over before the chunk it belongs to was checked
     * against its digest.
     *
     * @return bytes put into the buffer; 0 at the end
     * @throws IOException when the data cannot be read, or is not what was written
     */
    int read(ByteBuffer target) throws IOException;

    /** Makes a read that is under way in the worker fail soon; callable from any thread. */
    void interrupt();
}
