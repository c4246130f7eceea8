package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/**
 * Layout of a page and access to its header. All methods take the page's offset in the buffer,
 * ignore the buffer's position, limit order and byte order, and allocate nothing.
 *
 * <pre>
 *   0  header version u8 (1)          32  page number in its file u32
 *   1  page type u8                   36  file id u16
 *   4  flag bits u16                  40  LSN: u32, u32, u16
 *      0x200: checksum at 60          60  checksum u32
 *                                     96  payload, 8096 bytes
 * </pre>
 */
public final class PageLayout {

    /** Bytes of a page. */
    public static final int SIZE = 8192;

    /** Bytes of the header. */
    public static final int HEADER = 96;

    /** Bytes after the header. */
    public static final int PAYLOAD = SIZE - HEADER;

    /** The header version SQL Server has written since version 7. */
    public static final int HEADER_VERSION = 1;

    /** Flag bit: the page carries a checksum. */
    public static final int CHECKSUM_FLAG = 0x200;

    static final int VERSION_OFFSET = 0;
    static final int TYPE_OFFSET = 1;
    static final int FLAGS_OFFSET = 4;
    static final int PAGE_OFFSET = 32;
    static final int FILE_OFFSET = PAGE_OFFSET + 4;
    static final int LSN_OFFSET = 40;
    static final int LSN_BLOCK_OFFSET = LSN_OFFSET + 4;
    static final int LSN_SLOT_OFFSET = LSN_BLOCK_OFFSET + 4;
    static final int CHECKSUM_OFFSET = 60;

    private PageLayout() {}

    /**
     * Writes a header; everything not given is zero. The payload is not touched.
     *
     * @param type page type, 0 to 255
     * @param file file id, 0 to 65535
     * @param page page number in its file, 0 to 2^32-1
     */
    public static void writeHeader(
            ByteBuffer buffer, int at, int type, int file, long page, Lsn lsn) {
        for (int i = 0; i < HEADER; i += Long.BYTES) {
            Le.put64(buffer, at + i, 0);
        }
        buffer.put(at + VERSION_OFFSET, (byte) HEADER_VERSION);
        buffer.put(at + TYPE_OFFSET, (byte) type);
        Le.put32(buffer, at + PAGE_OFFSET, (int) page);
        Le.put16(buffer, at + FILE_OFFSET, file);
        Le.put32(buffer, at + LSN_OFFSET, (int) lsn.file());
        Le.put32(buffer, at + LSN_BLOCK_OFFSET, (int) lsn.block());
        Le.put16(buffer, at + LSN_SLOT_OFFSET, lsn.slot());
    }

    /** The header version; any other than 1 in a page that was never formatted. */
    public static int version(ByteBuffer buffer, int at) {
        return Le.u8(buffer, at + VERSION_OFFSET);
    }

    /** The page type. */
    public static int type(ByteBuffer buffer, int at) {
        return Le.u8(buffer, at + TYPE_OFFSET);
    }

    /** The page number in its file. */
    public static long page(ByteBuffer buffer, int at) {
        return Le.u32(buffer, at + PAGE_OFFSET);
    }

    /** The file id. */
    public static int file(ByteBuffer buffer, int at) {
        return Le.u16(buffer, at + FILE_OFFSET);
    }

    /** The LSN of the last change. */
    public static Lsn lsn(ByteBuffer buffer, int at) {
        return new Lsn(
                Le.u32(buffer, at + LSN_OFFSET),
                Le.u32(buffer, at + LSN_BLOCK_OFFSET),
                Le.u16(buffer, at + LSN_SLOT_OFFSET));
    }

    static int flags(ByteBuffer buffer, int at) {
        return Le.u16(buffer, at + FLAGS_OFFSET);
    }

    static void setFlags(ByteBuffer buffer, int at, int flags) {
        Le.put16(buffer, at + FLAGS_OFFSET, flags);
    }

    static int checksum(ByteBuffer buffer, int at) {
        return Le.i32(buffer, at + CHECKSUM_OFFSET);
    }

    static void setChecksum(ByteBuffer buffer, int at, int checksum) {
        Le.put32(buffer, at + CHECKSUM_OFFSET, checksum);
    }
}
