package dev.sluice.vdi.bench;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * One backup, as both clients are asked to do it.
 *
 * @param devices of the set, a thread for each
 * @param size bytes of each Write
 * @param bytes of each device, a multiple of the size
 * @param sink the folder of the files to write; null to drop what comes without touching it
 */
record Transfer(int devices, int size, long bytes, @Nullable Path sink) {

    /** Commands of a device at once, each with a buffer of its own. */
    static final int OUTSTANDING = 4;

    int buffers() {
        return OUTSTANDING * devices;
    }

    /** Where a device's bytes go when there is a sink, 0 for the first device. */
    static Path file(Path sink, int device) {
        return sink.resolve("stripe-" + device + ".bak");
    }
}
