package dev.sluice.media;

import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Something is wrong with a backup set as a whole. Subclasses name the situations a user is told
 * differently about; this class itself stands for a set that could not be written or removed.
 */
public class BackupSetException extends IOException implements Teller {

    private static final long serialVersionUID = 1;

    private final transient @Nullable Path path;
    private final transient Told told;

    /**
     * @param path what it is about; null when it is about none
     * @param told what was attempted, what is wrong, what to do
     * @param cause may be null
     */
    public BackupSetException(@Nullable Path path, Told told, @Nullable Throwable cause) {
        super(told.english(), cause);
        this.path = path;
        this.told = told;
    }

    @Override
    public Told told() {
        return told;
    }

    /**
     * Whether it says that the set is damaged. Otherwise it could not be read here and now, which
     * says nothing about the set.
     */
    public boolean isDamage() {
        return false;
    }

    /** The folder of the set; null where {@link #path} is. */
    public @Nullable Path folder() {
        return path;
    }

    /** The folder or file it is about; null when it is about none, and after deserialisation. */
    public @Nullable Path path() {
        return path;
    }
}
