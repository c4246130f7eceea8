package dev.sluice.media;

import dev.sluice.words.Told;

import java.nio.file.Path;

/** A folder holds no committed backup set: it is foreign, or a run left it unfinished. */
public final class NotABackupSetException extends BackupSetException {

    private static final long serialVersionUID = 1;

    private final boolean isFolder;

    /**
     * Says why this folder is not a backup set.
     *
     * @param isFolder as {@link #isFolder} gives it
     */
    NotABackupSetException(Path path, Told told, boolean isFolder) {
        super(path, told, null);
        this.isFolder = isFolder;
    }

    /**
     * Whether the folder was seen to be there without a manifest. Otherwise it was not seen, as
     * when a share is gone: that says nothing about what may lie in it.
     */
    public boolean isFolder() {
        return isFolder;
    }
}
