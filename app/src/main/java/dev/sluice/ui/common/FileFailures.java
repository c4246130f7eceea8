package dev.sluice.ui.common;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * What a file system refuses, in words: its own message is often no more than a path. Stateless.
 */
final class FileFailures {

    private FileFailures() {}

    static String inWords(FileSystemException failure, String file, Texts texts) {
        return switch (failure) {
            case AccessDeniedException _ -> texts.get("failure.denied", file);
            case NoSuchFileException _ -> texts.get("failure.missing", file);
            case FileAlreadyExistsException _ -> texts.get("failure.exists", file);
            default ->
                    failure.getReason() == null
                            ? failure.toString()
                            : texts.get("failure.file", file, failure.getReason());
        };
    }
}
