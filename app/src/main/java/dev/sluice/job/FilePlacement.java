package dev.sluice.job;

import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the files of a restored database go. A move that was asked for wins, then a folder that
 * was; a file that the database has already stays where it is; any other goes to the server's
 * folder for its kind. A server without such a folder places its files itself. The paths are the
 * server's, in its own style, so they are texts here.
 *
 * <p>Not safe for several threads; the sets of a job are placed in their order.
 */
final class FilePlacement {

    /**
     * Folders on the server.
     *
     * @param data for data files; null for none
     * @param log for log files; null for none
     */
    record Folders(@Nullable String data, @Nullable String log) {

        private @Nullable String of(BackupFile file) {
            return file.type() == BackupFile.Type.L ? log : data;
        }
    }

    /** What no file name on Windows may have in it; Linux is content with less. */
    private static final String NOT_IN_NAMES = "[\\\\/:*?\"<>|\\p{Cntrl}]";

    /** Of Linux, of a Windows drive, or of a share. */
    private static final Pattern WHOLE = Pattern.compile("^(?:/|\\\\\\\\|[A-Za-z]:[\\\\/])");

    private final String database;
    private final Map<String, Move> asked = new LinkedHashMap<>();
    private final Folders wanted;
    private final Folders usual;
    private final List<DatabaseFile> present;
    private final List<DatabaseFile> placed = new ArrayList<>();

    /**
     * @param database name of the database to restore to
     * @param asked the moves asked for
     * @param wanted the folders asked for: they win over the places that files have
     * @param usual the server's own; without one it places files itself
     * @param present the files of every database on the server
     */
    FilePlacement(
            String database,
            List<Move> asked,
            Folders wanted,
            Folders usual,
            List<DatabaseFile> present) {
        this.database = database;
        this.wanted = wanted;
        this.usual = usual;
        this.present = List.copyOf(present);
        asked.forEach(move -> this.asked.put(key(move.logicalName()), move));
    }

    /** The database is not made anew: the files it has are not placed again. */
    void keepFiles() {
        present.stream().filter(this::isOurs).forEach(placed::add);
    }

    /**
     * The moves for a set: those of its files that no set before it had.
     *
     * @param held name of the database in the set
     * @throws JobException when a file would take another's place
     */
    List<Move> place(String held, List<BackupFile> files) throws JobException {
        List<Move> moves = new ArrayList<>();
        for (PlacedFile file : places(held, files)) {
            if (file.problem() != null) {
                throw new JobException(file.problem());
            }
            if (file.to() != null) {
                moves.add(new Move(file.logicalName(), file.to()));
            }
        }
        return moves;
    }

    /** The same, with what is wrong with a place told beside it. */
    List<PlacedFile> places(String held, List<BackupFile> files) {
        List<PlacedFile> places = new ArrayList<>();
        for (BackupFile file : files) {
            Move wanted = asked.remove(key(file.logicalName()));
            if (wanted == null && isPlaced(file)) {
                continue;
            }
            String path = wanted == null ? usualPath(held, file) : wanted.path();
            placed.removeIf(other -> isSameFile(other, file));
            Told problem = path == null ? null : problem(file, path);
            placed.add(
                    new DatabaseFile(
                            database,
                            file.logicalName(),
                            path == null || problem != null ? "" : path));
            places.add(
                    new PlacedFile(
                            file.logicalName(),
                            file.physicalName(),
                            file.type() == BackupFile.Type.L,
                            file.size(),
                            path,
                            problem));
        }
        return places;
    }

    /**
     * After the last set: refuses a move that no set has a file for.
     *
     * @param files those of all sets
     */
    void requireAllUsed(List<BackupFile> files) throws JobException {
        if (!asked.isEmpty()) {
            Move move = asked.values().iterator().next();
            String names =
                    files.stream()
                            .map(file -> "\"" + file.logicalName() + "\"")
                            .distinct()
                            .collect(Collectors.joining(", "));
            throw new JobException(
                    Told.of("refused.noSuchFile", move.logicalName(), move.path(), names));
        }
    }

    private boolean isPlaced(BackupFile file) {
        return placed.stream().anyMatch(other -> isSameFile(other, file));
    }

    private static boolean isSameFile(DatabaseFile one, BackupFile other) {
        return key(one.logicalName()).equals(key(other.logicalName()));
    }

    private boolean isOurs(DatabaseFile file) {
        return file.database().equals(database);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private @Nullable String usualPath(String held, BackupFile file) {
        String name = newName(held, ownName(file.physicalName()));
        String asked = wanted.of(file);
        if (asked != null) {
            return inFolder(asked, name);
        }
        String folder = usual.of(file);
        if (folder == null) {
            return null;
        }
        return present.stream()
                .filter(other -> isOurs(other) && isSameFile(other, file))
                .map(DatabaseFile::path)
                .findFirst()
                .orElseGet(() -> inFolder(folder, name));
    }

    private static String inFolder(String folder, String name) {
        String separator = isWindows(folder) ? "\\" : "/";
        boolean ends = folder.endsWith(separator) || folder.endsWith("/");
        return ends ? folder + name : folder + separator + name;
    }

    private static boolean isWindows(String path) {
        return !path.startsWith("/");
    }

    /** The name of the file itself, from a path of the server that made the backup. */
    private static String ownName(String path) {
        int slash = path.lastIndexOf('/');
        int end = isWindows(path) ? Math.max(slash, path.lastIndexOf('\\')) : slash;
        return path.substring(end + 1);
    }

    /** The folder of a file, without a separator at its end. */
    static String folder(String path) {
        return path.substring(0, Math.max(0, path.length() - ownName(path).length() - 1));
    }

    /** Where the files are that were placed so far; an empty path is the server's choice. */
    List<DatabaseFile> placed() {
        return List.copyOf(placed);
    }

    /** So that a copy of a database does not take the places of its files. */
    private String newName(String held, String name) {
        if (held.equalsIgnoreCase(database)) {
            return name;
        }
        String safe = database.replaceAll(NOT_IN_NAMES, "_");
        return name.regionMatches(true, 0, held, 0, held.length())
                ? safe + name.substring(held.length())
                : safe + "_" + name;
    }

    private @Nullable Told problem(BackupFile file, String path) {
        Told notWhole = whyNotWhole(file, path);
        if (notWhole != null) {
            return notWhole;
        }
        try {
            new Move(file.logicalName(), path);
        } catch (IllegalArgumentException e) {
            return Told.of("place.cannot", file.logicalName(), path, Told.of(e));
        }
        for (DatabaseFile other : present) {
            if (!isOurs(other) && overlap(path, other.path())) {
                return Told.of(
                        "place.taken",
                        file.logicalName(),
                        path,
                        other.database(),
                        other.logicalName(),
                        other.path());
            }
        }
        for (DatabaseFile other : placed) {
            if (overlap(path, other.path())) {
                return Told.of("place.twice", other.logicalName(), file.logicalName(), path);
            }
        }
        return null;
    }

    /**
     * Where a path that is not whole would lead, only the server knows, and one that goes up hides
     * where it does.
     */
    private static @Nullable Told whyNotWhole(BackupFile file, String path) {
        boolean goesUp =
                Arrays.asList(path.split(isWindows(path) ? "[\\\\/]" : "/")).contains("..");
        if (!goesUp && WHOLE.matcher(path).find()) {
            return null;
        }
        String examples = "D:\\data\\sales.mdf, /data/sales.mdf";
        return goesUp
                ? Told.of("place.goesUp", file.logicalName(), path, examples)
                : Told.of("place.notWhole", file.logicalName(), path, examples);
    }

    /** Nothing else may lie in the folder of a FILESTREAM container. */
    private static boolean overlap(String path, String other) {
        if (other.isEmpty()) {
            return false;
        }
        String one = comparable(path);
        String two = comparable(other);
        return one.equals(two) || two.startsWith(one + "/") || one.startsWith(two + "/");
    }

    /** Windows does not tell upper from lower case, nor one separator from the other. */
    static String comparable(String path) {
        String plain = isWindows(path) ? path.replace('\\', '/').toLowerCase(Locale.ROOT) : path;
        return plain.replaceAll("/+", "/");
    }
}
