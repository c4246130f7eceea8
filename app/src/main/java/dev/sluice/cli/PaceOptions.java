package dev.sluice.cli;

import dev.sluice.sql.TransferOptions;

import picocli.CommandLine.Option;

/** Options about buffers and speed, for backup and restore alike. */
final class PaceOptions {

    @Option(
            names = "--limit-rate",
            paramLabel = "SIZE",
            defaultValue = "0",
            converter = ByteSizeConverter.class,
            description = "Most bytes per second for all devices together, such as 20M.")
    private long limitRate;

    @Option(
            names = "--buffer-count",
            paramLabel = "N",
            defaultValue = "0",
            description = "BUFFERCOUNT: shared buffers in all; the server decides unless given.")
    private int bufferCount;

    @Option(
            names = "--max-transfer-size",
            paramLabel = "SIZE",
            defaultValue = "1M",
            converter = ByteSizeConverter.class,
            description = "MAXTRANSFERSIZE: 64K to 4M in steps of 64K; 1M unless given.")
    private long maxTransferSize;

    long limitRate() {
        return limitRate;
    }

    /** These and a block size in bytes; 0 leaves it to the server. */
    TransferOptions transfer(long blockSize) {
        return new TransferOptions(
                whole("BLOCKSIZE", blockSize),
                bufferCount,
                whole("MAXTRANSFERSIZE", maxTransferSize));
    }

    private static int whole(String name, long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    name + " " + bytes + " is more than any server accepts");
        }
        return (int) bytes;
    }
}
