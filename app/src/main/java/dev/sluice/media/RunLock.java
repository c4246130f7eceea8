package dev.sluice.media;

import dev.sluice.files.PrivateFiles;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How a live run is told from what a dead one left: each of its stripes is locked with the
 * operating system, which drops the lock when the process ends, however it ends. Safe from any
 * thread.
 *
 * <p>Within one process the folders of live runs are also kept here, because on POSIX systems
 * opening and closing a file of a run, only to look at its lock, would drop that lock.
 */
final class RunLock {

    /** Far behind the data, so that locks that bind readers (Windows) hinder nobody. */
    private static final long POSITION = Long.MAX_VALUE - 1;

    private static final Set<Path> LIVE = ConcurrentHashMap.newKeySet();

    private RunLock() {}

    /**
     * Announces a run of this process; before its first file is made.
     *
     * @return the folder under the name by which it is retracted
     */
    static Path announce(Path folder) throws IOException {
        Path real = folder.toRealPath();
        LIVE.add(real);
        return real;
    }

    /** Ends what {@link #announce} began; after its files are closed. */
    static void retract(Path realFolder) {
        LIVE.remove(realFolder);
    }

    /**
     * Locks a stripe that was just made, until its channel is closed.
     *
     * @throws SweptAwayException when somebody took it for the remains of a dead run before it
     *     could be locked
     * @throws IOException when the file system has no locks
     */
    static void lock(Path file, FileChannel channel) throws IOException {
        if (tryLock(channel) == null || !Files.exists(file)) {
            throw new SweptAwayException(file, null);
        }
    }

    /**
     * Takes the lock of a stripe that no live run has, so that none can have it while the channel
     * is open.
     *
     * @return the locked channel; null when a live run, of this process or another, has the stripe
     */
    static @Nullable FileChannel take(Path file) throws IOException {
        if (isLive(PrivateFiles.folderOf(file))) {
            return null;
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = tryLock(channel) != null;
            return taken ? channel : null;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Whether a run of this process writes this folder. */
    static boolean isLive(Path folder) throws IOException {
        return LIVE.contains(folder.toRealPath());
    }

    /** Whether a live run, of this process or another, writes this stripe. */
    static boolean isHeld(Path file) throws IOException {
        try (FileChannel taken = take(file)) {
            return taken == null;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(POSITION, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
