package dev.sluice.doctor;

import dev.sluice.files.PrivateFiles;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Tries whether files can be made in a folder by making one, readable by its owner only, and
 * removing it again: rights, quotas, read-only mounts and network shares all have their say.
 */
final class FolderProbe {

    private static final int BYTES = 4096;

    private FolderProbe() {}

    /** The folder itself, or the nearest one above it that is there: where it would be made. */
    static Path existing(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    /**
     * Makes a file and removes it.
     *
     * @throws NotDirectoryException when the folder is a file
     */
    static void tryOut(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        Path file = folder.resolve(".sluice-doctor-" + UUID.randomUUID());
        try (FileChannel channel = PrivateFiles.createNew(file)) {
            ByteBuffer content = ByteBuffer.allocate(BYTES);
            while (content.hasRemaining()) {
                channel.write(content);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Why it failed, as the end of a sentence. */
    static Told reason(IOException failure) {
        return switch (failure) {
            case NotDirectoryException file ->
                    Told.of("reason.isFile", String.valueOf(file.getFile()));
            case AccessDeniedException denied -> Told.of("reason.noRight");
            case FileSystemException other when other.getReason() != null ->
                    Told.asIs(other.getReason());
            case FileSystemException other ->
                    Told.of("reason.noFile", other.getClass().getSimpleName());
            default -> Told.asIs(failure.toString());
        };
    }

    /** What helps, or at least shows what is in the way. */
    static List<Told> fixes(Path folder, IOException failure, Machine.Platform platform) {
        boolean isWindows = platform == Machine.Platform.WINDOWS;
        String quoted = CommandLines.quoted(folder, platform);
        return switch (failure) {
            case NotDirectoryException file ->
                    Check.commands(
                            isWindows
                                    ? "ren %s \"%s.old\"".formatted(quoted, folder.getFileName())
                                    : "mv %s %s.old".formatted(quoted, quoted));
            case AccessDeniedException denied ->
                    Check.commands(
                            isWindows
                                    ? "icacls %s /grant \"%%USERNAME%%:(OI)(CI)M\""
                                            .formatted(quoted)
                                    : "sudo chown \"$(id -un)\" %s".formatted(quoted));
            default ->
                    Check.commands(
                            isWindows
                                    ? "icacls %s".formatted(quoted)
                                    : "df -h %s; ls -ld %s".formatted(quoted, quoted));
        };
    }
}
