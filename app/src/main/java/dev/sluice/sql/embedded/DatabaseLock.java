package dev.sluice.sql.embedded;

import dev.sluice.files.PrivateFiles;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to change a database as a whole: held by one BACKUP, RESTORE, CREATE or DROP at a time,
 * among all processes that use the data folder. The system gives it back when a process dies.
 */
final class DatabaseLock implements AutoCloseable {

    /**
     * Paths held by this process. Asked first, for a second channel on a lock file would drop the
     * first one's lock when closed.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private DatabaseLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Takes the lock; null when somebody holds it. */
    static @Nullable DatabaseLock tryAcquire(Path path) throws IOException {
        if (!HELD.add(path)) {
            return null;
        }
        FileChannel channel = null;
        try {
            channel = openLockFile(path);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DatabaseLock(path, channel);
            }
        } catch (IOException e) {
            forget(path, channel);
            throw e;
        }
        forget(path, channel);
        return null;
    }

    private static FileChannel openLockFile(Path path) throws IOException {
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PrivateFiles.fileAttributes(path));
    }

    private static void forget(Path path, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD.remove(path);
        }
    }

    @Override
    public void close() throws IOException {
        forget(path, channel);
    }
}
