package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/**
 * The checksum in a CSUM stream: the sum of the 512-byte sectors of the stream before it, without
 * the two lead bytes. One thread.
 */
final class StreamChecksum {

    private static final int SECTORS_PER_PAGE = PageLayout.SIZE / SectorSum.SECTOR;

    private int value;

    int value() {
        return value;
    }

    void reset() {
        value = 0;
    }

    /** Adds a page whose plain sum is known. */
    void addPage(int pageSum) {
        value = Integer.rotateLeft(value, SECTORS_PER_PAGE) ^ pageSum;
    }

    /** Adds whole sectors. */
    void add(ByteBuffer buffer, int at, int length) {
        value = SectorSum.add(value, buffer, at, length);
    }
}
