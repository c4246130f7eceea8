package dev.sluice.ui.common;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Looks whether backup sets can be written under a folder. Waits for the disk. */
public final class FolderCheck {

    private static final Logger LOG = LoggerFactory.getLogger(FolderCheck.class);

    private FolderCheck() {}

    /** What was found. */
    public enum Finding {
        /** The folder exists and can be written to. */
        GOOD,
        /** The folder does not exist and can be made. */
        WILL_BE_MADE,
        /** Nothing was given. */
        MISSING,
        /** The text is no path. */
        NO_PATH,
        /** The path does not say where it begins. */
        RELATIVE,
        /** The path, or a part of it, is a file. */
        IS_A_FILE,
        /** The folder, or the one it would be made in, does not let us write. */
        NOT_WRITABLE
    }

    /** Looks at what was typed. */
    public static Finding look(String text) {
        if (text.isBlank()) {
            return Finding.MISSING;
        }
        try {
            Path path = Path.of(text.strip());
            return path.isAbsolute() ? look(path.normalize()) : Finding.RELATIVE;
        } catch (InvalidPathException e) {
            return Finding.NO_PATH;
        }
    }

    /** How many bytes are free where the folder is or would be made; empty where nobody tells. */
    public static OptionalLong freeBytes(String text) {
        try {
            Path path = existing(Path.of(text.strip()).toAbsolutePath().normalize());
            return OptionalLong.of(Files.getFileStore(path).getUsableSpace());
        } catch (InvalidPathException | IOException e) {
            LOG.debug("nobody tells how much is free under {}", text, e);
            return OptionalLong.empty();
        }
    }

    private static Path existing(Path path) {
        Path existing = path;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    private static Finding look(Path path) {
        Path existing = existing(path);
        if (!Files.isDirectory(existing)) {
            return Files.exists(existing) ? Finding.IS_A_FILE : Finding.NOT_WRITABLE;
        }
        if (!Files.isWritable(existing)) {
            return Finding.NOT_WRITABLE;
        }
        return existing.equals(path) ? Finding.GOOD : Finding.WILL_BE_MADE;
    }
}
