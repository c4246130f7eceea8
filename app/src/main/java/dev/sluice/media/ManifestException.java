package dev.sluice.media;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** A manifest is damaged, or made by a newer Sluice. */
public final class ManifestException extends BackupSetException {

    private static final long serialVersionUID = 1;

    private ManifestException(Path path, Told told, @Nullable Throwable cause) {
        super(path, told, cause);
    }

    static ManifestException damaged(Path file, Told what, @Nullable Throwable cause) {
        return new ManifestException(file, Told.of("manifest.damaged", file, what), cause);
    }

    static ManifestException newer(Path file, long version) {
        return new ManifestException(
                file, Told.of("manifest.newer", file, version, Manifest.FORMAT_VERSION), null);
    }
}
