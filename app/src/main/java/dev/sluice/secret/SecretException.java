package dev.sluice.secret;

import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** A secret could not be had, kept or removed. */
public final class SecretException extends IOException implements Teller {

    private static final long serialVersionUID = 1;

    private final transient Told told;

    /**
     * @param told what was attempted with which store, why it failed, and what to do
     */
    public SecretException(Told told, @Nullable Throwable cause) {
        super(told.english(), cause);
        this.told = told;
    }

    @Override
    public Told told() {
        return told;
    }
}
