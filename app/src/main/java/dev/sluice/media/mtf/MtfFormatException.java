package dev.sluice.media.mtf;

import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import java.io.IOException;
import java.io.Serial;

/** A stream is not what it should be; the message says what, where, what was expected and found. */
public final class MtfFormatException extends IOException implements Teller {

    @Serial private static final long serialVersionUID = 1;

    private final transient Told told;
    private final long offset;

    /**
     * @param what the fault, with what was expected and found
     * @param offset bytes from the start of the stream to the structure at fault
     */
    public MtfFormatException(String what, long offset) {
        this(
                Told.of(
                        "stream.fault",
                        what,
                        Long.toString(offset),
                        "0x" + Long.toHexString(offset)),
                offset);
    }

    private MtfFormatException(Told told, long offset) {
        super(told.english());
        this.told = told;
        this.offset = offset;
    }

    @Override
    public Told told() {
        return told;
    }

    /** Bytes from the start of the stream to the structure at fault. */
    public long offset() {
        return offset;
    }
}
