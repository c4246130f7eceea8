package dev.sluice.bus;

import org.jspecify.annotations.Nullable;

/** A conversation on the session bus failed; the message is a clause that says why. */
public final class BusException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * What went wrong.
     *
     * @param why a clause that can stand within a sentence
     */
    public BusException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
