package dev.sluice.sql.embedded;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The digest of one extent: two CRCs of 32 bits over different polynomials, which processors
 * compute at many gigabytes a second. Together they find every change that fits into 32 bits in a
 * row and miss any other with a chance of 2^-64; a terabyte that changes every day would go wrong
 * once in some billion years. One thread.
 */
final class ExtentDigest {

    private final CRC32 ieee = new CRC32();
    private final CRC32C castagnoli = new CRC32C();

    void reset() {
        ieee.reset();
        castagnoli.reset();
    }

    /** Adds bytes; the buffer's position and limit are left as they were. */
    void add(ByteBuffer bytes) {
        int position = bytes.position();
        ieee.update(bytes);
        bytes.position(position);
        castagnoli.update(bytes);
        bytes.position(position);
    }

    long value() {
        return ieee.getValue() << 32 | castagnoli.getValue();
    }
}
