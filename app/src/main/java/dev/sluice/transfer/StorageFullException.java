package dev.sluice.transfer;

import java.io.IOException;

/** There is no room left where a stripe is written; the server is told ERROR_DISK_FULL. */
public final class StorageFullException extends IOException {

    private static final long serialVersionUID = 1;

    /**
     * @param message which file, and what to do
     * @param cause what the file system said
     */
    public StorageFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
