package dev.sluice.vdi.server;

/**
 * What the server decides for a set ({@code BeginConfiguration}; its two middle arguments change
 * places between sources, vdi-facts X-1, so they have names here).
 *
 * @param features final feature bits: the client's, with the server's direction and Complete bits
 * @param alignment final alignment of buffers, a power of two, blockSize to 65536; 0 for blockSize
 * @param blockSize a power of two, 512 to 65536
 * @param maxTransferSize a multiple of 65536, 65536 to 4194304
 * @param timeoutMillis how long to wait for a client that provides buffer areas of its own; 0 where
 *     none does
 */
public record ServerConfiguration(
        int features, int alignment, int blockSize, int maxTransferSize, int timeoutMillis) {}
