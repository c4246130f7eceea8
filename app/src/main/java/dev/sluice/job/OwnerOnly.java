package dev.sluice.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Makes files and folders that only their owner may read, where the file system knows owners. */
final class OwnerOnly {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnerOnly() {}

    /** Makes the folder and those above it that are missing; leaves existing ones as they are. */
    static void createFolders(Path folder) throws IOException {
        try {
            Files.createDirectories(folder, attributes("rwx------"));
        } catch (FileAlreadyExistsException e) {
            NotDirectoryException clearer = new NotDirectoryException(e.getFile());
            clearer.initCause(e);
            throw clearer;
        }
    }

    /** Replaces a file's content so that a reader sees the old or the new, never a part. */
    static void replace(Path folder, String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Path temporary = folder.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            create(temporary, content);
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder(folder);
    }

    /** Makes the names in a folder durable, where the platform can. */
    static void syncFolder(Path folder) throws IOException {
        // Windows cannot open a folder for this; its renames are journalled
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Writes a file that must not exist yet, durably. */
    static void create(Path file, byte[] content) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, attributes("rw-------"))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
