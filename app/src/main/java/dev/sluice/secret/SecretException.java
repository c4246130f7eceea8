package dev.sluice.secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** A secret could not be had, kept or removed. */
public final class SecretException extends IOException {

    private static final long serialVersionUID = 1;

    /** The message says what was attempted with which store, why it failed, and what to do. */
    public SecretException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
