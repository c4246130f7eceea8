package dev.sluice.sqlserver;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The stream of one device of a restore: first as much as its header needs, in small pieces, then
 * the rest, several Reads at a time, of sizes that have nothing to do with those of the Writes.
 */
final class StripeFeed {

    private static final int HEADER_BLOCKS = 8;

    private final DeviceEnd device;
    private final DeviceEnd.Progress progress;
    private final int blockSize;
    private final int maxTransferSize;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean ended;
    private int requests;

    StripeFeed(DeviceEnd device, DeviceSetEnd set, DeviceEnd.Progress progress) {
        this.device = device;
        this.progress = progress;
        this.blockSize = set.blockSize();
        this.maxTransferSize = set.maxTransferSize();
    }

    /** Reads no further than a header may go. */
    byte[] readHeader() throws Exception {
        device.request(Math.min(HEADER_BLOCKS * blockSize, maxTransferSize));
        receive();
        if (received.size() == 0) {
            throw ServerMessages.malformed(device.name());
        }
        return received.toByteArray();
    }

    /** Reads on to the end of the stream, and compares all of it. */
    void readRest(byte[] expected) throws Exception {
        while (!ended && received.size() < expected.length) {
            while (device.request(nextSize())) {}
            receive();
        }
        // those that were sent before the end was known bring nothing
        device.settle();
        int differs = Arrays.mismatch(received.toByteArray(), expected);
        if (differs >= 0) {
            throw new AssertionError(
                    "%s: byte %d is not as it was backed up".formatted(device.name(), differs));
        }
    }

    /** From one block to the most, in turn. */
    private int nextSize() {
        return switch (requests++ % 3) {
            case 0 -> maxTransferSize;
            case 1 -> blockSize;
            default -> Math.max(blockSize, maxTransferSize / 2 / blockSize * blockSize);
        };
    }

    private void receive() throws Exception {
        ended |= !device.receive(this::take);
    }

    private void take(ByteBuffer bytes) throws StatementFailed {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        received.writeBytes(copy);
        progress.moved(copy.length);
    }
}
