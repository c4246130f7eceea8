package dev.sluice.media;

import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** The file of a stripe could not be read or written. */
final class StripeIoException extends IOException implements Teller {

    private static final long serialVersionUID = 1;

    private final transient Told told;

    /**
     * @param told what was attempted with which file, and what was met
     */
    StripeIoException(Told told, @Nullable Throwable cause) {
        super(told.english(), cause);
        this.told = told;
    }

    @Override
    public Told told() {
        return told;
    }
}
