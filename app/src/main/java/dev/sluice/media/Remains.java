package dev.sluice.media;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A set's folder without a manifest: a run is writing it, or a run died in it. Never a backup.
 *
 * @param directory the folder
 * @param files its files that carry our names, by name
 * @param bytes their size
 * @param running whether a live run, of this process or another, was writing it when it was found
 */
public record Remains(Path directory, List<Path> files, long bytes, boolean running) {

    /** Takes a copy of the list. */
    public Remains {
        files = List.copyOf(files);
    }

    /** Looks at a folder with a set's name and without a manifest. */
    static Remains of(Path directory) throws IOException {
        List<Path> ours = ourFiles(directory);
        long bytes = 0;
        boolean running = RunLock.isLive(directory);
        for (Path file : ours) {
            try {
                bytes += Files.size(file);
                running = running || (SetLayout.isStripe(file) && RunLock.isHeld(file));
            } catch (NoSuchFileException e) {
                // renamed or removed just now: somebody is at work here
                running = true;
            }
        }
        return new Remains(directory, ours, bytes, running);
    }

    /** Whether a log backup was to be made here, of which this may be the only copy. */
    public boolean ofLog() {
        return SetLayout.isLogFolder(directory);
    }

    /**
     * Removes the files that carry our names, and the folder when nothing else is in it.
     *
     * @throws BackupSetException when a run is writing them, when the set has been committed since,
     *     or when something cannot be removed
     */
    public void remove() throws IOException {
        Removal removal = new Removal();
        List<FileChannel> taken = new ArrayList<>();
        try {
            List<Path> files = ourFiles(directory);
            take(files, taken);
            // only now: the run that held the locks a moment ago may have committed since
            requireUncommitted();
            files.forEach(removal::remove);
        } catch (NoSuchFileException e) {
            // renamed or removed just now: somebody is at work here
            throw running(e);
        } finally {
            for (FileChannel channel : taken) {
                channel.close();
            }
        }
        removal.removeIfEmpty(directory);
        removal.report(directory);
    }

    /** Holds the locks, so that a run that is just beginning here notices and goes elsewhere. */
    private void take(List<Path> files, List<FileChannel> taken) throws IOException {
        if (RunLock.isLive(directory)) {
            throw running(null);
        }
        for (Path file : files) {
            if (SetLayout.isStripe(file)) {
                FileChannel channel = RunLock.take(file);
                if (channel == null) {
                    throw running(null);
                }
                taken.add(channel);
            }
        }
    }

    private void requireUncommitted() throws BackupSetException {
        if (Files.exists(directory.resolve(SetLayout.MANIFEST))) {
            throw new BackupSetException(directory, Told.of("set.committed", directory), null);
        }
    }

    private BackupSetException running(@Nullable Throwable cause) {
        return new BackupSetException(directory, Told.of("set.running", directory), cause);
    }

    private static List<Path> ourFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(SetLayout::isOurs)
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }
}
