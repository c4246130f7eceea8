package dev.sluice.media;

import dev.sluice.files.PrivateFiles;
import dev.sluice.sql.BackupType;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** The folder of a set that is being written, and the folders above it that were made for it. */
final class SetFolder {

    /** More runs of one database within a second are no accident. */
    private static final int MAX_SUFFIX = 999;

    /** What was made, the outermost first; the last is the set's own. */
    private final List<Path> made = new ArrayList<>();

    private Path path;
    private Path realPath;

    private SetFolder(Path path) {
        this.path = path;
        this.realPath = path;
    }

    static SetFolder create(
            Path destination, String server, String database, BackupType type, LocalDateTime now)
            throws BackupSetException {
        Path parent = parent(destination, server, database);
        SetFolder folder = new SetFolder(parent);
        try {
            folder.makeParents(parent);
            folder.makeOwn(parent, SetLayout.folderName(now, type));
            return folder;
        } catch (IOException e) {
            BackupSetException failure = failure(destination, parent, e);
            folder.undo(failure);
            throw failure;
        }
    }

    /** The folder of all sets of a database. */
    static Path parent(Path destination, String server, String database) {
        return destination
                .toAbsolutePath()
                .resolve(FolderName.of(server))
                .resolve(FolderName.of(database));
    }

    private static BackupSetException failure(Path destination, Path parent, IOException e) {
        if (e instanceof NoSuchFileException) {
            // folders that were there a moment ago are not any more
            return new SweptAwayException(parent, e);
        }
        return new BackupSetException(
                parent, Told.of("set.noFolderMade", destination, reason(e)), e);
    }

    Path path() {
        return path;
    }

    /** Makes the entries of the set's folder and of all folders made for it durable. */
    void sync() throws IOException {
        PrivateFiles.syncFolder(path);
        for (Path folder : made) {
            PrivateFiles.syncFolder(PrivateFiles.folderOf(folder));
        }
    }

    void retract() {
        RunLock.retract(realPath);
    }

    /** Removes the folders that were made, as far as they are empty. */
    void remove(Removal removal) {
        for (Path folder : made.reversed()) {
            removal.removeIfEmpty(folder);
        }
    }

    private void makeParents(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString(), null, "it is a file");
        }
        Path parent = folder.getParent();
        if (parent != null) {
            makeParents(parent);
        }
        try {
            make(folder);
        } catch (FileAlreadyExistsException e) {
            // another run made it in between
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private void makeOwn(Path parent, String name) throws IOException {
        for (int i = 1; ; i++) {
            Path candidate = parent.resolve(i == 1 ? name : name + "-" + i);
            try {
                make(candidate);
                path = candidate;
                realPath = RunLock.announce(candidate);
                return;
            } catch (FileAlreadyExistsException e) {
                if (i == MAX_SUFFIX) {
                    throw e;
                }
            }
        }
    }

    private void make(Path folder) throws IOException {
        Files.createDirectory(folder, PrivateFiles.folderAttributes(folder));
        made.add(folder);
    }

    private void undo(Exception failure) {
        Removal removal = new Removal();
        remove(removal);
        removal.suppressInto(failure);
    }

    private static Told reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e) {
            case FileAlreadyExistsException _ -> Told.of("set.inTheWay", message);
            case AccessDeniedException _ -> Told.of("set.denied", message);
            default -> Told.asIs(message);
        };
    }
}
