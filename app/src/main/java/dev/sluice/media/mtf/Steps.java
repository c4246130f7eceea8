package dev.sluice.media.mtf;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The engine under the reader: at any moment it waits for a number of bytes and the step that takes
 * them. Knows the position in the stream. One thread.
 */
final class Steps {

    /** A step returns this to see its bytes again, together with more. */
    static final int AGAIN = 0;

    /** Takes the bytes waited for; returns their number, or {@link #AGAIN}. */
    @FunctionalInterface
    interface Step {
        int take(ByteBuffer data, int at) throws IOException;
    }

    private final ChunkWindow window = new ChunkWindow();
    private Step step;
    private int wanted;
    private long skip;
    private long position;
    private boolean stopped;

    Steps(int bytes, Step first) {
        wanted = bytes;
        step = first;
    }

    /** Runs as many steps as the chunk has bytes for, until one stops. */
    void feed(ByteBuffer chunk) throws IOException {
        window.begin(chunk);
        try {
            while (!stopped && advance()) {
                // each step sets up the next
            }
        } finally {
            window.end();
        }
    }

    private boolean advance() throws IOException {
        if (!skipped() || !window.has(wanted)) {
            return false;
        }
        int bytes = wanted;
        if (step.take(window.data(), window.index()) != AGAIN) {
            window.consume(bytes);
            position += bytes;
        }
        return true;
    }

    private boolean skipped() {
        if (skip > 0) {
            int bytes = window.skip(skip);
            skip -= bytes;
            position += bytes;
        }
        return skip <= 0;
    }

    /** Sets up the next step. */
    void expect(int bytes, Step next) {
        wanted = bytes;
        step = next;
    }

    /** Passes over bytes before the next step. */
    void skip(long bytes) {
        skip += bytes;
    }

    /** No step is taken any more. */
    void stop() {
        stopped = true;
    }

    boolean stopped() {
        return stopped;
    }

    /** How many bytes the step under way was given. */
    int wanted() {
        return wanted;
    }

    /** Position in the stream of the first byte the step under way was given. */
    long position() {
        return position;
    }

    /** Position in the stream of the next byte to be fed. */
    long received() {
        return position + window.pending();
    }

    MtfFormatException fault(String what) {
        return new MtfFormatException(what, position);
    }

    /** Refuses a block or stream header with a wrong checksum. */
    void requireChecksum(ByteBuffer data, int at, int length, String what)
            throws MtfFormatException {
        int found = Le.u16(data, at + length);
        int expected = HeaderChecksum.of(data, at, length);
        if (found != expected) {
            throw fault(
                    "header of %s has checksum 0x%04x, expected 0x%04x"
                            .formatted(what, found, expected));
        }
    }
}
