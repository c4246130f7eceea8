package dev.sluice.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Files and folders that only their owner may read, where the file system knows owners, written so
 * that a crash leaves the old or the new. Stateless.
 */
public final class PrivateFiles {

    private static final FileAttribute<?>[] NONE = {};

    private PrivateFiles() {}

    /** What to create a file with so that only its owner may read it. */
    public static FileAttribute<?>[] fileAttributes(Path path) {
        return attributes(path, "rw-------");
    }

    /** What to create a folder with so that only its owner may read it. */
    public static FileAttribute<?>[] folderAttributes(Path path) {
        return attributes(path, "rwx------");
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        if (!isPosix(path)) {
            return NONE;
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Creates a folder and those above it that are missing; leaves existing ones as they are.
     *
     * @throws NotDirectoryException when a file is in the way
     */
    public static void createFolders(Path folder) throws IOException {
        try {
            Files.createDirectories(folder, folderAttributes(folder));
        } catch (FileAlreadyExistsException e) {
            NotDirectoryException clearer = new NotDirectoryException(e.getFile());
            clearer.initCause(e);
            throw clearer;
        }
    }

    /** Opens a file that must not exist yet, for reading and writing. */
    public static FileChannel createNew(Path path) throws IOException {
        return FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                fileAttributes(path));
    }

    /** Writes a file that must not exist yet, durably. */
    public static void create(Path path, ByteBuffer content) throws IOException {
        try (FileChannel channel = createNew(path)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
    }

    /** Replaces a file, durably: after a crash there is the old one or the new one. */
    public static void replace(Path path, ByteBuffer content) throws IOException {
        Path temporary = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            create(temporary, content);
            move(temporary, path);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Renames atomically and makes the folder's entry durable. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(folderOf(to));
    }

    /** The folder a file is in. */
    public static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("\"" + file + "\" is no file in a folder");
        }
        return folder;
    }

    /** Makes the entries of a folder durable: renames, new files, removals. */
    public static void syncFolder(Path folder) throws IOException {
        // Windows opens no folder as a file, and journals its entries
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** The entries of a folder. */
    public static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }
}
