package dev.sluice.sql.embedded;

import dev.sluice.files.PrivateFiles;
import dev.sluice.sql.RestoreStatement;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a restore puts the data file: under a working name first, under its final one when it is
 * complete. Without MOVE both are one new name in the database's folder. With MOVE the working file
 * lies beside the final one, and a note in the database's folder names it, so that it is found
 * after a crash.
 *
 * @param working the file while it is written
 * @param target the file when it is attached
 * @param dataFile how the catalog names it
 */
record RestoreTarget(Path working, Path target, String dataFile) {

    /** How a note's name ends. */
    static final String NOTE_SUFFIX = ".moved";

    /** Decides by the statement's MOVE, and refuses a place that cannot be. */
    static RestoreTarget of(RestoreStatement statement, Path folder)
            throws IOException, StatementException {
        List<RestoreStatement.Move> moves = statement.options().moves();
        if (moves.isEmpty()) {
            String name = Catalog.newFileName("data", DataFiles.SUFFIX);
            return new RestoreTarget(folder.resolve(name), folder.resolve(name), name);
        }
        if (moves.size() > 1) {
            throw Messages.notAFileOfTheDatabase(moves.getLast().logicalName());
        }
        return moved(checked(moves.getFirst().path()), folder);
    }

    private static RestoreTarget moved(Path target, Path folder) throws IOException {
        String name = String.valueOf(target.getFileName());
        String stem = name.substring(0, name.length() - DataFiles.SUFFIX.length());
        String unique = Catalog.newFileName("data", "");
        Path working = target.resolveSibling(stem + "." + unique + DataFiles.SUFFIX);
        PrivateFiles.replace(
                folder.resolve(unique + NOTE_SUFFIX),
                ByteBuffer.wrap(working.toString().getBytes(StandardCharsets.UTF_8)));
        return new RestoreTarget(working, target, target.toString());
    }

    private static Path checked(String text) throws IOException, StatementException {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw Messages.badPath(text, "it is no path");
        }
        Path parent = path.getParent();
        if (!path.isAbsolute() || parent == null || !Files.isDirectory(parent)) {
            throw Messages.badPath(text, "it is not an absolute path in a folder that exists");
        }
        if (!text.endsWith(DataFiles.SUFFIX) || hasForeignCharacter(text)) {
            throw Messages.badPath(
                    text,
                    "it must end with "
                            + DataFiles.SUFFIX
                            + " and have no semicolon, and no backslash that is no separator");
        }
        Path real = parent.toRealPath().resolve(path.getFileName());
        if (Files.exists(real)) {
            throw Messages.fileExists(text);
        }
        return real;
    }

    /** H2 ends a path at a semicolon, and takes a backslash for a separator on every system. */
    private static boolean hasForeignCharacter(String text) {
        return text.indexOf(';') >= 0 || (File.separatorChar != '\\' && text.indexOf('\\') >= 0);
    }

    /** Gives the complete file its final name, which nobody has taken meanwhile. */
    void putInPlace() throws IOException, StatementException {
        if (working.equals(target)) {
            return;
        }
        if (!DataFileSystem.reserve(target)) {
            throw Messages.fileExists(target.toString());
        }
        try {
            if (Files.exists(target)) {
                throw Messages.fileExists(target.toString());
            }
            PrivateFiles.move(working, target);
        } finally {
            DataFileSystem.release(target);
        }
    }

    /** Removes the working file that a note names, and the note. */
    static void removeNoted(Path note) throws IOException {
        Files.deleteIfExists(Path.of(Files.readString(note)));
        Files.deleteIfExists(note);
    }
}
