package dev.sluice.vdi.embedded;

/**
 * Buffers the server asked for.
 *
 * @param size bytes of data each
 * @param alignment of the data, a power of two
 * @param count how many
 */
record BufferRequest(int size, int alignment, int count) {

    /** From the start of one buffer's data to the next: room for the data and the next prefix. */
    long stride(int prefixSize) {
        return roundUp((long) size + prefixSize);
    }

    /** Where the first buffer's data begins, leaving room for its prefix. */
    long firstData(int prefixSize) {
        return roundUp(prefixSize);
    }

    /** Bytes of memory for all of them. */
    long bytes(int prefixSize) {
        return firstData(prefixSize) + stride(prefixSize) * count;
    }

    private long roundUp(long bytes) {
        return (bytes + alignment - 1) & -alignment;
    }
}
