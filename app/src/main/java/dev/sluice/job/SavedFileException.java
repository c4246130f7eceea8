package dev.sluice.job;

import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * The file of a profile or a server cannot be used: damaged, of a newer version, or not readable or
 * writable; or it is there and may not be replaced.
 */
public final class SavedFileException extends IOException implements Teller {

    private static final long serialVersionUID = 1;

    private final transient Told told;

    /**
     * @param told which file, what is wrong with it, and what to do
     */
    SavedFileException(Told told, @Nullable Throwable cause) {
        super(told.english(), cause);
        this.told = told;
    }

    @Override
    public Told told() {
        return told;
    }
}
