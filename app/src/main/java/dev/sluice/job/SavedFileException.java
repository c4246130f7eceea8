package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * The file of a profile or a server cannot be used: damaged, of a newer version, or not readable or
 * writable; or it is there and may not be replaced.
 */
public final class SavedFileException extends IOException {

    private static final long serialVersionUID = 1;

    /** The message says which file, what is wrong with it, and what to do. */
    public SavedFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
