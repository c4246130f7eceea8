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
