package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/**
 * SQL Server's page checksum: the words of each 512-byte sector XORed with the checksum field taken
 * as zero, rotated left by 15 minus the sector's number, all XORed. Any thread; allocates nothing.
 */
public final class PageChecksum {

    /** What a checksum says about a page. */
    public enum Verdict {
        /** It is right. */
        RIGHT,
        /** It is wrong. */
        WRONG,
        /** There is none: the page has no flag for it, or was never formatted. */
        NONE
    }

    /** By how much the first sector, which holds the header, is rotated. */
    private static final int HEADER_ROTATION = PageLayout.SIZE / SectorSum.SECTOR - 1;

    private PageChecksum() {}

    /** The checksum the page should carry. */
    public static int of(ByteBuffer buffer, int at) {
        return fromSum(sum(buffer, at), PageLayout.checksum(buffer, at));
    }

    /** Compares the checksum the page carries with the one it should. */
    public static Verdict verify(ByteBuffer buffer, int at) {
        return verify(buffer, at, of(buffer, at));
    }

    /**
     * Compares with a checksum known already. A page that is no formatted page with a checksum, but
     * would be right as one, lost just the bit that says so: that is damage as well.
     */
    static Verdict verify(ByteBuffer buffer, int at, int expected) {
        int found = PageLayout.checksum(buffer, at);
        int version = PageLayout.version(buffer, at);
        int flags = PageLayout.flags(buffer, at);
        if (version == PageLayout.HEADER_VERSION && (flags & PageLayout.CHECKSUM_FLAG) != 0) {
            return found == expected ? Verdict.RIGHT : Verdict.WRONG;
        }
        int lostVersion = version ^ PageLayout.HEADER_VERSION;
        int lostFlag = ~flags & PageLayout.CHECKSUM_FLAG;
        int mended = expected ^ Integer.rotateLeft(lostVersion ^ lostFlag, HEADER_ROTATION);
        return found == mended ? Verdict.WRONG : Verdict.NONE;
    }

    /** Flags the page and gives it its checksum. */
    public static void seal(ByteBuffer buffer, int at) {
        sealAndSum(buffer, at);
    }

    /** Seals, and returns the plain sum of the sealed page, in the same pass over its bytes. */
    static int sealAndSum(ByteBuffer buffer, int at) {
        PageLayout.setFlags(buffer, at, PageLayout.flags(buffer, at) | PageLayout.CHECKSUM_FLAG);
        PageLayout.setChecksum(buffer, at, 0);
        int checksum = sum(buffer, at);
        PageLayout.setChecksum(buffer, at, checksum);
        return fromSum(checksum, checksum);
    }

    /** The plain sum: the checksum field counts like any other word. */
    static int sum(ByteBuffer buffer, int at) {
        return SectorSum.add(0, buffer, at, PageLayout.SIZE);
    }

    /** Takes the checksum field out of a plain sum; XOR being its own inverse, or puts it in. */
    static int fromSum(int sum, int field) {
        return sum ^ Integer.rotateLeft(field, HEADER_ROTATION);
    }
}
