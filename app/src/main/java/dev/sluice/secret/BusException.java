package dev.sluice.secret;

import org.jspecify.annotations.Nullable;

/** A conversation on the session bus failed; the message is a clause that says why. */
final class BusException extends Exception {

    private static final long serialVersionUID = 1;

    BusException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
