package dev.sluice.media;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** A manifest is damaged, or made by a newer Sluice. */
public final class ManifestException extends BackupSetException {

    private static final long serialVersionUID = 1;

    private final boolean newer;

    private ManifestException(Path path, String message, boolean newer, @Nullable Throwable cause) {
        super(path, message, cause);
        this.newer = newer;
    }

    static ManifestException damaged(Path file, String what, @Nullable Throwable cause) {
        return new ManifestException(
                file,
                "the manifest %s is damaged: %s; the set cannot be trusted, use another backup"
                        .formatted(file, what),
                false,
                cause);
    }

    static ManifestException newer(Path file, long version) {
        return new ManifestException(
                file,
                "the manifest %s was made by a newer Sluice: it has format version %d, this Sluice reads up to %d; install the newer one"
                        .formatted(file, version, Manifest.FORMAT_VERSION),
                true,
                null);
    }

    /** Whether a newer Sluice made it, so that nothing is wrong with the set itself. */
    public boolean isNewer() {
        return newer;
    }
}
