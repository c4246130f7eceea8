package dev.sluice.sql.embedded;

import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;
import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/**
 * The contents of a data file as they are at one moment, the consistency point, readable while
 * other connections go on writing. Everything committed before is in it, nothing begun afterwards;
 * what was under way is undone when the image is opened, as after a crash.
 *
 * <p>H2's store appends: with the use of free space and the removal of old chunks switched off,
 * what lies before the end of the file stays as it is, except the two header blocks, of which a
 * copy is made. That this holds is not taken on trust: the file's own channel watches it.
 *
 * <p>Reading is safe from any thread, as long as no reader is interrupted: an interrupt would close
 * H2's channel.
 */
final class OnlineImage implements AutoCloseable {

    /** The two header blocks, which H2 writes again and again. */
    private static final int HEADER = 2 * 4096;

    private static final Method LENGTH_IN_USE = lengthInUseMethod();

    private final Connection connection;
    private final MVStore store;
    private final DataFile file;
    private final boolean spaceReused;
    private final int retentionMillis;
    private final ByteBuffer header = ByteBuffer.allocateDirect(HEADER);
    private @Nullable ImageGuard guard;
    private @Nullable IOException failure;
    private long length;
    private long version;

    /**
     * @param path data file of a database
     * @param connection a connection to it, which belongs to the image from here on
     */
    OnlineImage(Path path, Connection connection) throws SQLException, IOException {
        this.connection = connection;
        this.store = DataFiles.store(connection);
        this.spaceReused = store.isSpaceReused();
        this.retentionMillis = store.getRetentionTime();
        DataFile open = DataFileSystem.open(path);
        if (open == null) {
            throw new IOException("\"" + path + "\" was closed");
        }
        this.file = open;
    }

    /**
     * Makes now the consistency point, or as soon as no statement runs.
     *
     * @param giveUp asked now and then while statements are waited for
     */
    void take(BooleanSupplier giveUp) throws IOException, SQLException {
        store.setReuseSpace(false);
        store.setRetentionTime(Integer.MAX_VALUE);
        // moves of chunks that are under way end before this returns
        store.executeFilestoreOperation(() -> {});
        try (StatementPause _ = StatementPause.begin(connection, giveUp)) {
            storeChunk();
            storeChunk();
            store.executeFilestoreOperation(this::capture);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Stores a chunk, also when nothing has changed, and waits until all chunks are written. A
     * chunk lists the chunks before it, but not one that was still being written when it was
     * formed. So the first call leaves nothing unsaved or under way, and the chunk of the second
     * one lists all.
     */
    private void storeChunk() {
        store.setStoreVersion(store.getStoreVersion());
        store.commit();
        store.executeFilestoreOperation(() -> {});
    }

    /** Runs while the store writes nothing. What it throws would break the store for everybody. */
    private void capture() {
        try {
            length = lengthInUse();
            version = store.getFileStore().lastChunkVersion();
            guard = new ImageGuard(HEADER, length);
            if (!file.watch(guard)) {
                throw new IOException("another backup copies \"" + file.path() + "\"");
            }
            readFile(header.clear(), 0);
        } catch (IOException e) {
            failure = e;
        }
    }

    /**
     * Where the last chunk ends. The file may be longer; were that free space in the image, H2
     * would look at its end for the last chunk and find an old one.
     */
    private long lengthInUse() throws IOException {
        try {
            return (long) LENGTH_IN_USE.invoke(store.getFileStore());
        } catch (ReflectiveOperationException e) {
            throw new IOException("the length in use of \"" + file.path() + "\" is unknown", e);
        }
    }

    private static Method lengthInUseMethod() {
        try {
            Method method = RandomAccessStore.class.getDeclaredMethod("getFileLengthInUse");
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("this H2 is not the one Sluice was made for", e);
        }
    }

    /** Bytes of the image. */
    long length() {
        return length;
    }

    /** The store's version at the consistency point: it grows with every change. */
    long version() {
        return version;
    }

    /**
     * Fills a buffer from the image; what lies behind its end is zero.
     *
     * @param position where in the image
     */
    void read(ByteBuffer target, long position) throws IOException {
        long at = position + readHeader(target, position);
        int end = target.limit();
        target.limit(target.position() + (int) Math.min(target.remaining(), left(at)));
        readFile(target, at);
        target.limit(end);
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    private int readHeader(ByteBuffer target, long position) {
        if (position >= HEADER) {
            return 0;
        }
        int count = (int) Math.min(target.remaining(), HEADER - position);
        target.put(header.slice((int) position, count));
        return count;
    }

    private long left(long position) {
        return Math.max(0, length - position);
    }

    private void readFile(ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = file.read(target, at);
            if (count < 0) {
                throw new EOFException(
                        "\"%s\" ends at byte %d, inside the image of %d bytes"
                                .formatted(file.path(), at, length));
            }
            at += count;
        }
    }

    /** Fails if something inside the image was overwritten while it was being read. */
    void verify() throws IOException {
        if (guard == null || guard.isSpoiled() || store.isClosed()) {
            throw new IOException(
                    "\"%s\" was rewritten or closed while it was copied".formatted(file.path()));
        }
    }

    /** Lets the store use free space again, and closes the connection. */
    @Override
    public void close() throws SQLException {
        if (guard != null) {
            file.unwatch(guard);
        }
        if (!store.isClosed()) {
            store.setRetentionTime(retentionMillis);
            store.setReuseSpace(spaceReused);
        }
        connection.close();
    }
}
