package dev.sluice.media;

import dev.sluice.words.Told;

import java.nio.file.Path;

/** A folder holds no committed backup set: it is foreign, or a run left it unfinished. */
public final class NotABackupSetException extends BackupSetException {

    private static final long serialVersionUID = 1;

    /** Says why this folder is not a backup set. */
    public NotABackupSetException(Path path, Told told) {
        super(path, told, null);
    }
}
