package dev.sluice.sql.embedded;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The channel H2 uses for a database's data file. Everything goes straight to the file; while an
 * image of the file is being copied, the channel also watches that nothing inside the image
 * changes. Safe from any thread.
 */
final class DataFile extends FileChannel {

    private final Path path;
    private final FileChannel file;
    private final Runnable onClose;
    private final AtomicReference<@Nullable ImageGuard> guard = new AtomicReference<>();

    DataFile(Path path, FileChannel file, Runnable onClose) {
        this.path = path;
        this.file = file;
        this.onClose = onClose;
    }

    Path path() {
        return path;
    }

    /**
     * Begins to watch an image.
     *
     * @return false when another image of this file is being copied
     */
    boolean watch(ImageGuard newGuard) {
        return guard.compareAndSet(null, newGuard);
    }

    /** Ends what {@link #watch} began. */
    void unwatch(ImageGuard oldGuard) {
        guard.compareAndSet(oldGuard, null);
    }

    private void aboutToWrite(long position) {
        ImageGuard watching = guard.get();
        if (watching != null) {
            watching.written(position);
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        aboutToWrite(position);
        return file.write(source, position);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        ImageGuard watching = guard.get();
        if (watching != null) {
            watching.truncated(size);
        }
        file.truncate(size);
        return this;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return file.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return file.read(targets, offset, length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        aboutToWrite(file.position());
        return file.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        aboutToWrite(file.position());
        return file.write(sources, offset, length);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        file.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void force(boolean metaData) throws IOException {
        file.force(metaData);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
            throws IOException {
        return file.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count)
            throws IOException {
        aboutToWrite(position);
        return file.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        if (mode != MapMode.READ_ONLY) {
            // a write through a mapping would not be seen
            throw new UnsupportedOperationException("a data file is not mapped for writing");
        }
        return file.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return file.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        try {
            file.close();
        } finally {
            onClose.run();
        }
    }
}
