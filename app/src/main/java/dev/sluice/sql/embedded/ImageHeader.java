package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.PageLayout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * What page 0 says, with which each stripe's pages begin, so that each stripe tells by itself what
 * it is a part of. Layout of the page's payload, little endian:
 *
 * <pre>
 *   0  magic u64                 24  base media set GUID, most significant half u64
 *   8  image length u64          32  base media set GUID, least significant half u64
 *  16  version u64               40  base version u64
 * </pre>
 *
 * @param length bytes of the whole image
 * @param version version of the store at the consistency point
 * @param base the full backup a differential is based on; {@link #NO_BASE} in a full backup
 */
record ImageHeader(long length, long version, DatabaseEntry.BackupIdentity base) {

    /** Page number of the header. Page n holds the image from (n - 1) payloads on. */
    static final int PAGE = 0;

    /** Page type of the header, SQL Server's file header page. */
    static final int HEADER_TYPE = 15;

    /** Page type of image pages, SQL Server's data page. */
    static final int DATA_TYPE = 1;

    /** File id of every page. */
    static final int FILE = 1;

    /** Stands for "no base". */
    static final DatabaseEntry.BackupIdentity NO_BASE =
            new DatabaseEntry.BackupIdentity(new UUID(0, 0), 0);

    private static final long MAGIC = 0x3145_4741_4d49_3248L; // "H2IMAGE1"
    private static final int LENGTH = Long.BYTES;
    private static final int VERSION = LENGTH + Long.BYTES;
    private static final int BASE_HIGH = VERSION + Long.BYTES;
    private static final int BASE_LOW = BASE_HIGH + Long.BYTES;
    private static final int BASE_VERSION = BASE_LOW + Long.BYTES;

    /** Pages an image has, the header page not counted. */
    static long pages(long imageLength) {
        return (imageLength + PageLayout.PAYLOAD - 1) / PageLayout.PAYLOAD;
    }

    /** Where in the image the payload of a page belongs. */
    static long position(long page) {
        return (page - 1) * PageLayout.PAYLOAD;
    }

    /** Whether it is a differential's. */
    boolean isDifferential() {
        return !base.equals(NO_BASE);
    }

    /** Writes the payload of the header page. */
    void put(ByteBuffer target, int at) {
        ByteBuffer payload =
                target.slice(at + PageLayout.HEADER, PageLayout.PAYLOAD)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < PageLayout.PAYLOAD; i += Long.BYTES) {
            payload.putLong(i, 0);
        }
        payload.putLong(0, MAGIC);
        payload.putLong(LENGTH, length);
        payload.putLong(VERSION, version);
        payload.putLong(BASE_HIGH, base.mediaSet().getMostSignificantBits());
        payload.putLong(BASE_LOW, base.mediaSet().getLeastSignificantBits());
        payload.putLong(BASE_VERSION, base.version());
    }

    /**
     * Reads the payload of a header page.
     *
     * @throws IllegalArgumentException when it is none of ours
     */
    static ImageHeader get(ByteBuffer source, int at) {
        ByteBuffer payload =
                source.slice(at + PageLayout.HEADER, PageLayout.PAYLOAD)
                        .order(ByteOrder.LITTLE_ENDIAN);
        if (payload.getLong(0) != MAGIC) {
            throw new IllegalArgumentException("not the image of an embedded database");
        }
        UUID base = new UUID(payload.getLong(BASE_HIGH), payload.getLong(BASE_LOW));
        return new ImageHeader(
                payload.getLong(LENGTH),
                payload.getLong(VERSION),
                new DatabaseEntry.BackupIdentity(base, payload.getLong(BASE_VERSION)));
    }
}
