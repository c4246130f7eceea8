package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/**
 * The sum under SQL Server's page checksum and its stream checksum: the 32-bit words of each
 * 512-byte sector XORed, the running sum rotated left by one bit before each sector.
 */
final class SectorSum {

    static final int SECTOR = 512;

    private SectorSum() {}

    /**
     * Continues a sum over whole sectors.
     *
     * @param length in bytes, a multiple of {@link #SECTOR}
     */
    static int add(int sum, ByteBuffer buffer, int at, int length) {
        int result = sum;
        for (int sector = at; sector < at + length; sector += SECTOR) {
            result = Integer.rotateLeft(result, 1) ^ fold(buffer, sector);
        }
        return result;
    }

    /** Four independent chains keep the processor's load units busy. */
    private static int fold(ByteBuffer buffer, int at) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        for (int i = at; i < at + SECTOR; i += 4 * Long.BYTES) {
            a ^= Le.i64(buffer, i);
            b ^= Le.i64(buffer, i + Long.BYTES);
            c ^= Le.i64(buffer, i + 2 * Long.BYTES);
            d ^= Le.i64(buffer, i + 3 * Long.BYTES);
        }
        long all = a ^ b ^ c ^ d;
        return (int) (all ^ (all >>> 32));
    }
}
