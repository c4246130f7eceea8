package dev.sluice.media.mtf;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Receives what an {@link MtfReader} finds, on the thread that feeds it. */
public interface MtfHandler {

    /**
     * What the stripe says about itself: once, before the first page; the size is an estimate and
     * the finish date unset.
     */
    void header(BackupHeader header) throws IOException;

    /**
     * A page whose checksum, if it has one, is right, in the order of the stream. A page whose
     * header version is not 1 was never formatted: it holds whatever the disk held there.
     *
     * @param buffer holds the page at {@code at}; usually the chunk that was fed itself. Valid
     *     during the call only, not to be changed
     * @param at index of the page's first byte
     */
    void page(ByteBuffer buffer, int at) throws IOException;

    /**
     * A page or a stream with a wrong checksum; a page at fault is not handed out. Unless
     * overridden, throws it.
     */
    default void damaged(MtfFormatException fault) throws IOException {
        throw fault;
    }

    /** The final header: once, when everything before the closing filemark was read. */
    default void ended(BackupHeader header) throws IOException {}
}
