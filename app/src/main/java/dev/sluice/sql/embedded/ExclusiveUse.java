package dev.sluice.sql.embedded;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Nobody has a data file open, and nobody can open it: no connection of this process, and, by the
 * lock that H2 uses itself, none of another.
 */
final class ExclusiveUse implements AutoCloseable {

    private final Path path;
    private @Nullable FileChannel channel;

    private ExclusiveUse(Path path) {
        this.path = path;
    }

    /**
     * Takes a data file for oneself; null when somebody has it open. A missing file is nobody's.
     */
    static @Nullable ExclusiveUse of(Path path) throws IOException {
        if (!DataFileSystem.reserve(path)) {
            return null;
        }
        ExclusiveUse use = new ExclusiveUse(path);
        boolean locked = false;
        try {
            locked = use.lockFile();
        } finally {
            if (!locked) {
                use.close();
            }
        }
        return locked ? use : null;
    }

    private boolean lockFile() throws IOException {
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return true;
        }
        FileLock lock = channel.tryLock();
        return lock != null;
    }

    /**
     * Copies the whole file. Through the one channel that holds the lock: closing another would
     * drop the lock on POSIX systems, and on Windows another could not read.
     *
     * @throws NoSuchFileException when the file is missing
     */
    void copyTo(FileChannel target) throws IOException {
        if (channel == null) {
            throw new NoSuchFileException(path.toString());
        }
        long size = channel.size();
        long done = 0;
        while (done < size) {
            done += channel.transferTo(done, size - done, target);
        }
    }

    /** Lets go of the file itself, for systems that cannot delete an open one. */
    void releaseFile() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            releaseFile();
        } finally {
            DataFileSystem.release(path);
        }
    }
}
