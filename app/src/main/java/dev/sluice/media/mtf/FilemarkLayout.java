package dev.sluice.media.mtf;

/**
 * SFMB after the common header: where the filemarks before it are, newest first. It has no streams;
 * its "first stream" is where the next block starts.
 *
 * <pre>
 *  52  room for positions u32 (55)
 *  56  positions in use u32
 *  60  offset of the positions u32
 *  72  positions u64, in bytes from the start of the family
 * </pre>
 */
final class FilemarkLayout {

    static final int ROOM = BlockLayout.SIZE;
    static final int USED = ROOM + 4;
    static final int POSITIONS_OFFSET = USED + 4;
    static final int POSITIONS = POSITIONS_OFFSET + 4 + 8;
    static final int SIZE = 512;
    static final int ROOM_VALUE = (SIZE - POSITIONS) / Long.BYTES;

    private FilemarkLayout() {}
}
