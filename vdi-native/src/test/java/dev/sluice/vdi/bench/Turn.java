package dev.sluice.vdi.bench;

/**
 * How a client did, from its first command to the set closed.
 *
 * @param bytes of all devices
 * @param nanos by the clock
 * @param cpuNanos of the whole process, the double's server included
 */
record Turn(long bytes, long nanos, long cpuNanos) {

    double bytesPerNano() {
        return (double) bytes / nanos;
    }

    double cpuPerByte() {
        return (double) cpuNanos / bytes;
    }
}
