package dev.sluice.job;

import dev.sluice.job.JobException.About;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks the folder a backup is to go to, without touching it. */
final class Destination {

    private Destination() {}

    /** Refuses what is no folder, and where no folder can be made. */
    static void check(Path destination) throws JobException {
        Path existing = existing(destination);
        if (!Files.isDirectory(existing)) {
            throw new JobException(About.DESTINATION, Told.of("refused.noFolder", existing));
        }
        if (!Files.isWritable(existing)) {
            throw new JobException(About.DESTINATION, Told.of("refused.notWritable", existing));
        }
    }

    /** The folder itself, or the nearest one above it that is there. */
    private static Path existing(Path folder) {
        Path existing = folder.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    /** The disk that a folder is on, or would be. */
    static FileStore disk(Path folder) throws IOException {
        return Files.getFileStore(existing(folder));
    }

    /**
     * What there is to say when the disk has less room than the backup is expected to need.
     *
     * @param folder where it is to go; need not be there yet
     * @param freed bytes that are removed before it begins
     */
    static Optional<Told> lackOfSpace(Path folder, long freed, Estimate estimate)
            throws IOException {
        long usable = disk(folder).getUsableSpace() + freed;
        return estimate.bytes() > usable
                ? Optional.of(
                        Told.of(
                                "room.lacks",
                                folder,
                                new Told.Bytes(usable),
                                new Told.Bytes(estimate.bytes()),
                                estimate.source()))
                : Optional.empty();
    }
}
