package dev.sluice.media;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** A manifest is damaged, or made by a newer Sluice. */
public final class ManifestException extends BackupSetException {

    private static final long serialVersionUID = 1;

    private ManifestException(Path path, String message, @Nullable Throwable cause) {
        super(path, message, cause);
    }

    static ManifestException damaged(Path file, String what, @Nullable Throwable cause) {
        return new ManifestException(
                file,
                "the manifest %s is damaged: %s; the set cannot be trusted, use another backup"
                        .formatted(file, what),
                cause);
    }

    static ManifestException newer(Path file, long version) {
        return new ManifestException(
                file,
                "the manifest %s was made by a newer Sluice: it has format version %d, this Sluice reads up to %d; install the newer one"
                        .formatted(file, version, Manifest.FORMAT_VERSION),
                null);
    }
}
