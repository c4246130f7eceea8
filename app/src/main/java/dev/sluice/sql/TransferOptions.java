package dev.sluice.sql;

import dev.sluice.words.RefusedValueException;
import dev.sluice.words.Told;

/**
 * The three sizes of a BACKUP or RESTORE statement (vdi-facts section H). Zero leaves a size to the
 * server.
 *
 * @param blockSize BLOCKSIZE in bytes: 0, or a power of two, 512 to 65536
 * @param bufferCount BUFFERCOUNT: 0, or at least 1, for the whole operation
 * @param maxTransferSize MAXTRANSFERSIZE in bytes: 0, or a multiple of 65536 up to 4194304
 */
public record TransferOptions(int blockSize, int bufferCount, int maxTransferSize) {

    /**
     * What Sluice uses unless told otherwise: 64 KiB blocks, transfers of 1 MiB, buffers left to
     * the server.
     */
    public static final TransferOptions DEFAULT = new TransferOptions(65536, 0, 1 << 20);

    /** All three left to the server. */
    public static final TransferOptions NONE = new TransferOptions(0, 0, 0);

    /** Refuses sizes no server accepts, by naming the option, the value and the rule. */
    public TransferOptions {
        if (blockSize != 0
                && (Integer.bitCount(blockSize) != 1 || blockSize < 512 || blockSize > 65536)) {
            throw new RefusedValueException(Told.of("rule.blockSize", Integer.toString(blockSize)));
        }
        if (bufferCount < 0) {
            throw new IllegalArgumentException("BUFFERCOUNT %d is negative".formatted(bufferCount));
        }
        if (maxTransferSize != 0
                && (maxTransferSize < 65536
                        || maxTransferSize > 4194304
                        || maxTransferSize % 65536 != 0)) {
            throw new RefusedValueException(
                    Told.of("rule.transferSize", Integer.toString(maxTransferSize)));
        }
    }
}
