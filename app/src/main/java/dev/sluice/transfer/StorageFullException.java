package dev.sluice.transfer;

import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import java.io.IOException;

/** There is no room left where a stripe is written; the server is told ERROR_DISK_FULL. */
public final class StorageFullException extends IOException implements Teller {

    private static final long serialVersionUID = 1;

    private final transient Told told;

    /**
     * @param told which file, and what to do
     * @param cause what the file system said
     */
    public StorageFullException(Told told, Throwable cause) {
        super(told.english(), cause);
        this.told = told;
    }

    @Override
    public Told told() {
        return told;
    }
}
