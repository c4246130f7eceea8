package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** A profile's file cannot be used: damaged, of a newer version, or not readable or writable. */
public final class ProfileException extends IOException {

    private static final long serialVersionUID = 1;

    /** The message says which file, what is wrong with it, and what to do. */
    public ProfileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
