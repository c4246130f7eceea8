package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/**
 * SQL Server's page checksum: the words of each 512-byte sector XORed with the checksum field taken
 * as zero, rotated left by 15 minus the sector's number, all XORed. Any thread; allocates nothing.
 */
public final class PageChecksum {

    /** By how much the sector with the checksum field is rotated. */
    private static final int FIELD_ROTATION = PageLayout.SIZE / SectorSum.SECTOR - 1;

    private PageChecksum() {}

    /** The checksum the page should carry. */
    public static int of(ByteBuffer buffer, int at) {
        return fromSum(sum(buffer, at), PageLayout.checksum(buffer, at));
    }

    /** The page carries no checksum, or the right one. */
    public static boolean isValid(ByteBuffer buffer, int at) {
        return !PageLayout.hasChecksum(buffer, at)
                || of(buffer, at) == PageLayout.checksum(buffer, at);
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
        return sum ^ Integer.rotateLeft(field, FIELD_ROTATION);
    }
}
