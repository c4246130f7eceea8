package dev.sluice.transfer;

import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import java.io.IOException;

/** The stored bytes are not those that were written; the server is told ERROR_CRC. */
public final class DamagedDataException extends IOException implements Teller {

    private static final long serialVersionUID = 1;

    private final transient Told told;
    private final long offset;

    /**
     * @param told which file, which chunk, at which offset
     * @param offset where the damaged chunk begins in the stream, in bytes
     */
    public DamagedDataException(Told told, long offset) {
        super(told.english());
        this.told = told;
        this.offset = offset;
    }

    @Override
    public Told told() {
        return told;
    }

    /** Where the damaged chunk begins in the stream, in bytes. */
    public long offset() {
        return offset;
    }
}
