package dev.sluice.media;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A second way into a stripe's file: past the page cache, straight from the shared buffers to the
 * disk. That spares the copy into the cache, which costs about as much time as the digests, and it
 * does not push everything else out of memory. It takes only large, aligned transfers; the rest
 * goes the ordinary way. One thread.
 */
final class DirectLane implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectLane.class);

    /** Below this a transfer gains more from the cache's write-behind than it loses by the copy. */
    private static final long MIN_BYTES = 256 * 1024;

    private final FileChannel channel;
    private final int unit;

    /**
     * Takes over the channel.
     *
     * @param unit of positions, sizes and addresses, in bytes
     */
    DirectLane(FileChannel channel, int unit) {
        this.channel = channel;
        this.unit = unit;
    }

    /** Opens the lane; null where the file system has none. */
    static @Nullable DirectLane open(Path file) {
        try {
            long unit = Files.getFileStore(file).getBlockSize();
            if (Long.bitCount(unit) != 1 || unit > MIN_BYTES) {
                return null;
            }
            return new DirectLane(
                    FileChannel.open(file, StandardOpenOption.WRITE, directOption()), (int) unit);
        } catch (IOException | ReflectiveOperationException | UnsupportedOperationException e) {
            LOG.debug("{} is written through the page cache: {}", file, e.toString());
            return null;
        }
    }

    /** {@code ExtendedOpenOption.DIRECT}, which javac lets nobody name without a warning. */
    static OpenOption directOption() throws ReflectiveOperationException {
        Class<?> options = Class.forName("com.sun.nio.file.ExtendedOpenOption");
        return (OpenOption) options.getField("DIRECT").get(null);
    }

    /** Whether this transfer may go here. */
    boolean takes(ByteBuffer[] buffers, int count, long position) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            ByteBuffer buffer = buffers[i];
            if (!buffer.isDirect()
                    || buffer.remaining() % unit != 0
                    || buffer.alignmentOffset(buffer.position(), unit) != 0) {
                return false;
            }
            bytes += buffer.remaining();
        }
        return bytes >= MIN_BYTES && position % unit == 0;
    }

    /** The channel, at a position. */
    FileChannel at(long position) throws IOException {
        if (channel.position() != position) {
            channel.position(position);
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
