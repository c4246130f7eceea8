package dev.sluice.media;

import dev.sluice.transfer.StorageFullException;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The file of a stripe and its channel: whole transfers, errors that name the file, and an
 * interrupt that another thread may call. One thread reads or writes.
 */
final class StripeFile implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(StripeFile.class);

    private final Path path;
    private final FileChannel channel;
    private final @Nullable DirectLane lane;
    private boolean laneRefused;

    /** Takes over the channel. */
    StripeFile(Path path, FileChannel channel) {
        this(path, channel, null);
    }

    /** Takes over the channel, and the lane for large writes, if there is one. */
    StripeFile(Path path, FileChannel channel, @Nullable DirectLane lane) {
        this.path = path;
        this.channel = channel;
        this.lane = lane;
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    /**
     * Writes the remaining bytes of the first buffers behind what was written before, in as few
     * calls as the system allows.
     */
    void writeAll(ByteBuffer[] buffers, int count, long position) throws IOException {
        long end = position + remaining(buffers, count);
        try {
            for (long at = position; at < end; at = end - remaining(buffers, count)) {
                if (!wroteDirectly(buffers, count, at)) {
                    cachedAt(at).write(buffers, 0, count);
                }
            }
        } catch (IOException e) {
            throw explain("write", remaining(buffers, count), e);
        }
    }

    /** The ordinary channel, which follows only if the lane may have moved ahead of it. */
    private FileChannel cachedAt(long position) throws IOException {
        return lane == null ? channel : channel.position(position);
    }

    /** Some file systems offer the lane and then refuse to take it: once is enough. */
    private boolean wroteDirectly(ByteBuffer[] buffers, int count, long position)
            throws IOException {
        if (lane == null || laneRefused || !lane.takes(buffers, count, position)) {
            return false;
        }
        try {
            lane.at(position).write(buffers, 0, count);
            return true;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            LOG.info("{} is written through the page cache from here on: {}", path, e.toString());
            laneRefused = true;
            return false;
        }
    }

    /** Fills the buffer from a position on; returns fewer bytes at the end of the file only. */
    int readFully(ByteBuffer target, long position) throws IOException {
        int start = target.position();
        try {
            while (target.hasRemaining()
                    && channel.read(target, position + target.position() - start) >= 0) {}
            return target.position() - start;
        } catch (IOException e) {
            throw explain("read", 0, e);
        }
    }

    void force() throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw explain("force", 0, e);
        }
    }

    long size() throws IOException {
        try {
            return channel.size();
        } catch (IOException e) {
            throw explain("size", 0, e);
        }
    }

    /** Closes the channel under the thread that uses it: its call fails, and so do later ones. */
    void interrupt() {
        // closing waits for the call in the kernel, the caller must not
        Thread.ofPlatform()
                .name("sluice-interrupt-" + path.getFileName())
                .daemon()
                .start(this::closeForInterrupt);
    }

    private void closeForInterrupt() {
        try {
            close();
        } catch (IOException e) {
            LOG.warn("Interrupting the I/O on {} met an error", path, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (lane != null) {
                lane.close();
            }
        }
    }

    private IOException explain(String attempt, long wanted, IOException e) {
        if (e instanceof ClosedChannelException) {
            return new StripeIoException(Told.of("stripe.interrupted", attempt, path), e);
        }
        if (wanted > 0 && isFull(wanted, e)) {
            return new StorageFullException(Told.of("stripe.full", attempt, path, wanted), e);
        }
        return new StripeIoException(
                Told.of("stripe.io", attempt, path, String.valueOf(e.getMessage())), e);
    }

    /**
     * The platform gives no code, only a text, possibly in the user's language; so look as well.
     */
    private boolean isFull(long wanted, IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left")
                || text.contains("not enough space")
                || text.contains("quota")
                || usableSpace() < wanted;
    }

    private long usableSpace() {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private static long remaining(ByteBuffer[] buffers, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += buffers[i].remaining();
        }
        return sum;
    }
}
