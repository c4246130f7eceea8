package dev.sluice.media.mtf;

import java.io.IOException;
import java.io.Serial;

/** A stream is not what it should be; the message says what, where, what was expected and found. */
public final class MtfFormatException extends IOException {

    @Serial private static final long serialVersionUID = 1;

    private final long offset;

    /**
     * @param what the fault, with what was expected and found
     * @param offset bytes from the start of the stream to the structure at fault
     */
    public MtfFormatException(String what, long offset) {
        super("%s, at offset %d (0x%x) of the backup stream".formatted(what, offset, offset));
        this.offset = offset;
    }

    /** Bytes from the start of the stream to the structure at fault. */
    public long offset() {
        return offset;
    }
}
