package dev.sluice.media;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** A manifest is damaged, or made by a newer Sluice. */
public final class ManifestException extends BackupSetException {

    private static final long serialVersionUID = 1;

    private final boolean damage;

    private ManifestException(Path path, Told told, boolean damage, @Nullable Throwable cause) {
        super(path, told, cause);
        this.damage = damage;
    }

    static ManifestException damaged(Path file, Told what, @Nullable Throwable cause) {
        return new ManifestException(file, Told.of("manifest.damaged", file, what), true, cause);
    }

    static ManifestException newer(Path file, long version) {
        return new ManifestException(
                file,
                Told.of("manifest.newer", file, version, Manifest.FORMAT_VERSION),
                false,
                null);
    }

    @Override
    public boolean isDamage() {
        return damage;
    }

    @Override
    public @Nullable Path folder() {
        Path file = path();
        return file == null ? null : file.getParent();
    }
}
