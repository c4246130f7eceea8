package dev.sluice.sql.embedded;

import dev.sluice.files.PrivateFiles;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The databases in a data folder. Each has a folder of its own with {@code database.json}, its data
 * file and what else belongs to it; a change takes effect when {@code database.json} is replaced,
 * and a file it does not name is a leftover. Names are compared without regard to case. Safe from
 * any thread and for several processes; who changes a database holds its lock.
 */
final class Catalog {

    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    private static final String LOCKS = ".locks";
    private static final int READABLE_LENGTH = 40;
    private static final Pattern OUR_FOLDER = Pattern.compile("[a-z0-9_-]*-[0-9a-f]{20}");
    private static final Pattern OUR_FILE =
            Pattern.compile("(data|digests)-[0-9a-f-]{36}\\..*|database\\.json\\..*\\.tmp");

    private final Path folder;

    /** Makes the folder if it does not exist, and removes what a killed process left behind. */
    Catalog(Path dataFolder) throws IOException {
        PrivateFiles.createFolders(dataFolder);
        this.folder = dataFolder.toRealPath();
        PrivateFiles.createFolders(folder.resolve(LOCKS));
        for (Path databaseFolder : databaseFolders()) {
            sweep(databaseFolder);
        }
    }

    /** Takes the right to change a database; null when another statement has it. */
    @Nullable DatabaseLock tryLock(String name) throws IOException {
        return DatabaseLock.tryAcquire(lockFile(key(name)));
    }

    private Path lockFile(String key) {
        return folder.resolve(LOCKS).resolve(key + ".lock");
    }

    /** Every database, by name. One whose entry cannot be read is left out and logged. */
    List<DatabaseEntry> list() throws IOException {
        List<DatabaseEntry> entries = new ArrayList<>();
        for (Path databaseFolder : databaseFolders()) {
            try {
                DatabaseEntry entry = read(databaseFolder);
                if (entry != null) {
                    entries.add(entry);
                }
            } catch (IOException e) {
                LOG.warn("the database in \"{}\" cannot be listed", databaseFolder, e);
            }
        }
        entries.sort(Comparator.comparing(DatabaseEntry::name, String.CASE_INSENSITIVE_ORDER));
        return entries;
    }

    /** The database of this name, or null. */
    @Nullable DatabaseEntry find(String name) throws IOException {
        return read(folderOf(name));
    }

    private static @Nullable DatabaseEntry read(Path databaseFolder) throws IOException {
        try {
            return DatabaseEntryFile.read(databaseFolder.resolve(DatabaseEntryFile.NAME));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The folder of a database, which need not exist. */
    Path folderOf(String name) {
        return folder.resolve(key(name));
    }

    /** Where the data file of a database is. */
    Path dataFile(DatabaseEntry entry) {
        return folderOf(entry.name()).resolve(entry.dataFile());
    }

    /**
     * Commits a new or changed database, then removes what it no longer names. What cannot be
     * removed stays and is logged: it does not undo the commit, so it must not look like a failure.
     */
    void save(DatabaseEntry entry) throws IOException {
        Path databaseFolder = folderOf(entry.name());
        DatabaseEntry before = read(databaseFolder);
        PrivateFiles.syncFolder(folder);
        DatabaseEntryFile.write(databaseFolder.resolve(DatabaseEntryFile.NAME), entry);
        if (before != null && !before.dataFile().equals(entry.dataFile())) {
            // it may lie elsewhere
            removeOld(dataFile(before));
        }
        tidy(databaseFolder);
    }

    private static void removeOld(Path dataFile) {
        try {
            Files.deleteIfExists(dataFile);
        } catch (IOException e) {
            LOG.warn(
                    "\"{}\" belongs to no database any more and could not be removed", dataFile, e);
        }
    }

    /** Removes a database; its entry first, so that a crash leaves leftovers and not half of it. */
    void remove(DatabaseEntry entry) throws IOException {
        Path databaseFolder = folderOf(entry.name());
        Path dataFile = dataFile(entry);
        Files.delete(databaseFolder.resolve(DatabaseEntryFile.NAME));
        PrivateFiles.syncFolder(databaseFolder);
        Files.deleteIfExists(dataFile);
        tidy(databaseFolder);
    }

    /** A new name for a file in a database's folder. */
    static String newFileName(String purpose, String suffix) {
        return purpose + "-" + UUID.randomUUID() + suffix;
    }

    /**
     * Removes files of ours which the database's entry does not name, and the folder itself when
     * nothing is left in it. What cannot be removed, or not be understood, stays and is logged. The
     * caller holds the database's lock.
     */
    void tidy(Path databaseFolder) {
        try {
            removeLeftovers(databaseFolder);
        } catch (IOException e) {
            LOG.warn("leftovers in \"{}\" stay for now", databaseFolder, e);
        }
    }

    private void removeLeftovers(Path databaseFolder) throws IOException {
        Set<String> known = filesOf(read(databaseFolder));
        boolean empty = true;
        for (Path file : PrivateFiles.entries(databaseFolder)) {
            String fileName = String.valueOf(file.getFileName());
            if (OUR_FILE.matcher(fileName).matches() && !known.contains(fileName)) {
                removeLeftover(file);
            } else {
                empty = false;
            }
        }
        if (empty) {
            Files.delete(databaseFolder);
        }
    }

    private static void removeLeftover(Path file) throws IOException {
        if (file.toString().endsWith(RestoreTarget.NOTE_SUFFIX)) {
            RestoreTarget.removeNoted(file);
        } else {
            Files.deleteIfExists(file);
        }
    }

    private static Set<String> filesOf(@Nullable DatabaseEntry entry) {
        if (entry == null) {
            return Set.of();
        }
        return entry.base() == null
                ? Set.of(entry.dataFile())
                : Set.of(entry.dataFile(), entry.base().digestFile());
    }

    private void sweep(Path databaseFolder) throws IOException {
        String key = String.valueOf(databaseFolder.getFileName());
        try (DatabaseLock lock = DatabaseLock.tryAcquire(lockFile(key))) {
            if (lock != null && Files.isDirectory(databaseFolder)) {
                tidy(databaseFolder);
            }
        }
    }

    private List<Path> databaseFolders() throws IOException {
        return PrivateFiles.entries(folder).stream()
                .filter(Files::isDirectory)
                .filter(path -> OUR_FOLDER.matcher(String.valueOf(path.getFileName())).matches())
                .toList();
    }

    /**
     * A folder name for a database: what is harmless in its name, and a hash of the whole name in
     * one case, so that any name has a folder, and no two share one.
     */
    private static String key(String name) {
        String folded = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String readable = folded.replaceAll("[^a-z0-9_-]", "_");
        return readable.substring(0, Math.min(READABLE_LENGTH, readable.length()))
                + "-"
                + HexFormat.of().formatHex(sha256(folded), 0, 10);
    }

    private static byte[] sha256(String text) {
        // by UTF-16 units, so that names with half a surrogate pair differ as well
        ByteBuffer units = ByteBuffer.allocate(text.length() * Character.BYTES);
        units.asCharBuffer().put(text);
        try {
            return MessageDigest.getInstance("SHA-256").digest(units.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
