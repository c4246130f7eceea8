package dev.sluice.sql.embedded;

/** How much the server reads at a time; a restore must not depend on it. */
@FunctionalInterface
interface ReadSizes {

    /** As much as fits, each time. */
    ReadSizes LARGEST = (blockSize, maxTransferSize) -> maxTransferSize;

    /** The next size: a multiple of the block size, up to the transfer size. Any thread. */
    int next(int blockSize, int maxTransferSize);
}
