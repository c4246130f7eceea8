package dev.sluice.media;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * What a run had just made was removed before its lock could tell that it is alive: another run
 * tidied up at the same moment. Trying again helps.
 */
final class SweptAwayException extends BackupSetException {

    private static final long serialVersionUID = 1;

    SweptAwayException(Path path, @Nullable Throwable cause) {
        super(path, Told.of("set.swept", path), cause);
    }
}
