package dev.sluice.vdi.server;

import java.nio.ByteBuffer;

/** A shared buffer in the server's hands. Its memory is valid until the server's close. */
public interface SharedBuffer {

    /**
     * The memory: direct, native byte order left to the caller, capacity the allocated size. The
     * same object on each call.
     *
     * @throws IllegalStateException after the server's close, or while the buffer is freed
     */
    ByteBuffer data();

    /** The dense number of this buffer in its set; the client sees the same. */
    int id();
}
