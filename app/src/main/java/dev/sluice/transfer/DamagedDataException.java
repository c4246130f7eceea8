package dev.sluice.transfer;

import java.io.IOException;

/** The stored bytes are not those that were written; the server is told ERROR_CRC. */
public final class DamagedDataException extends IOException {

    private static final long serialVersionUID = 1;

    private final long offset;

    /**
     * @param message which file, which chunk, at which offset
     * @param offset where the damaged chunk begins in the stream, in bytes
     */
    public DamagedDataException(String message, long offset) {
        super(message);
        this.offset = offset;
    }

    /** Where the damaged chunk begins in the stream, in bytes. */
    public long offset() {
        return offset;
    }
}
