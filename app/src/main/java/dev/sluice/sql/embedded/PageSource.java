package dev.sluice.sql.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the pages of one stripe come from. One thread. */
interface PageSource {

    /**
     * Forms the next page, header and payload, without its checksum.
     *
     * @param target a buffer with room for a page at {@code at}; position and limit may change
     * @return false when there is none
     */
    boolean next(ByteBuffer target, int at) throws IOException;
}
