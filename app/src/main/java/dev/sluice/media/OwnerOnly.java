package dev.sluice.media;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Attributes with which only the owner can read what is created, where the file system has them.
 */
final class OwnerOnly {

    private static final FileAttribute<?>[] NONE = {};

    private OwnerOnly() {}

    static FileAttribute<?>[] folder(Path where) {
        return permissions(where, "rwx------");
    }

    static FileAttribute<?>[] file(Path where) {
        return permissions(where, "rw-------");
    }

    private static FileAttribute<?>[] permissions(Path where, String permissions) {
        if (!where.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return NONE;
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
