package dev.sluice.media;

import dev.sluice.files.PrivateFiles;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Removes files one by one, goes on after a failure, and tells of all failures at the end. */
final class Removal {

    private final List<IOException> failures = new ArrayList<>();

    void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failures.add(e);
        }
    }

    /** Removes a file for good, before anything that is removed after it. */
    void removeDurably(Path file) {
        try {
            if (Files.deleteIfExists(file)) {
                PrivateFiles.syncFolder(PrivateFiles.folderOf(file));
            }
        } catch (IOException e) {
            failures.add(e);
        }
    }

    void removeIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // somebody else's files keep it
        } catch (IOException e) {
            failures.add(e);
        }
    }

    void suppressInto(Exception cause) {
        failures.forEach(cause::addSuppressed);
    }

    List<IOException> failures() {
        return failures;
    }

    /** Ends with an exception when something remains. */
    void report(Path folder) throws BackupSetException {
        if (failures.isEmpty()) {
            return;
        }
        String list =
                failures.stream().map(IOException::toString).collect(Collectors.joining("; "));
        BackupSetException failure =
                new BackupSetException(
                        folder, Told.of("set.notRemoved", folder, list), failures.getFirst());
        failures.stream().skip(1).forEach(failure::addSuppressed);
        throw failure;
    }
}
