package dev.sluice.media.mtf;

import java.math.BigInteger;

/**
 * A log sequence number: where in the transaction log something happened. Ordered as the log is.
 *
 * @param file virtual log file, 0 to 2^32-1
 * @param block log block in it, 0 to 2^32-1
 * @param slot record in the block, 0 to 65535
 */
public record Lsn(long file, long block, int slot) implements Comparable<Lsn> {

    /** No LSN, as the databaseBackup LSN of the first full backup. */
    public static final Lsn ZERO = new Lsn(0, 0, 0);

    /** Bytes of an LSN on tape. */
    static final int SIZE = 10;

    private static final long MAX_U32 = 0xFFFF_FFFFL;
    private static final BigInteger FILE_WEIGHT = BigInteger.TEN.pow(15);
    private static final BigInteger BLOCK_WEIGHT = BigInteger.TEN.pow(5);

    /** Refuses numbers outside their ranges. */
    public Lsn {
        if (file < 0 || file > MAX_U32 || block < 0 || block > MAX_U32 || slot >>> 16 != 0) {
            throw new IllegalArgumentException(
                    "LSN parts out of range: " + file + ":" + block + ":" + slot);
        }
    }

    /** The number as SQL Server prints it in HEADERONLY and msdb: numeric(25,0). */
    public BigInteger decimal() {
        return BigInteger.valueOf(file)
                .multiply(FILE_WEIGHT)
                .add(BigInteger.valueOf(block).multiply(BLOCK_WEIGHT))
                .add(BigInteger.valueOf(slot));
    }

    @Override
    public int compareTo(Lsn other) {
        int byFile = Long.compare(file, other.file);
        int byBlock = byFile != 0 ? byFile : Long.compare(block, other.block);
        return byBlock != 0 ? byBlock : Integer.compare(slot, other.slot);
    }

    /** The number as {@link #decimal()} gives it. */
    @Override
    public String toString() {
        return decimal().toString();
    }
}
