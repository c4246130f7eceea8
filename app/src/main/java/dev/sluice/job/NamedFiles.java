package dev.sluice.job;

import dev.sluice.files.FileNames;
import dev.sluice.files.PrivateFiles;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Values that people gave names: one JSON file each, readable by its owner only, replaced as a
 * whole. Fields of a file that this version does not know stay in it. Safe from any thread; what
 * another process saves is seen at the next call, and where two save at once the last one counts.
 *
 * @param <T> the kind of value
 */
final class NamedFiles<T> {

    /**
     * What the values are, and how they stand in a file.
     *
     * @param what what one is called, such as {@code profile}
     * @param version the schema version written, and the newest read
     * @param name a value's name
     * @param reader reads a value; an IllegalArgumentException says what is wrong with it
     * @param writer writes a value into a tree: a new one, or one that was read before
     */
    record Format<T>(
            String what,
            int version,
            Function<T, String> name,
            Function<JsonFields, T> reader,
            BiConsumer<T, ObjectNode> writer) {}

    /** No value is anywhere near as long; whatever is longer is something else. */
    private static final long LONGEST_FILE = 1 << 20;

    private static final String SUFFIX = ".json";

    private final Path folder;
    private final Format<T> format;

    NamedFiles(Path folder, Format<T> format) {
        this.folder = folder;
        this.format = format;
    }

    /** A value with the tree it was read from, which may hold fields unknown here. */
    private record Stored<T>(T value, ObjectNode tree, Path file) {}

    /** All values. A damaged file does not hide the others. */
    Listing<T> list() throws IOException {
        List<Told> problems = new ArrayList<>();
        List<T> values =
                stored(problems).stream()
                        .map(Stored::value)
                        .sorted(
                                Comparator.comparing(format.name(), String.CASE_INSENSITIVE_ORDER)
                                        .thenComparing(format.name()))
                        .toList();
        return new Listing<>(values, List.copyOf(problems));
    }

    /**
     * Reads a value.
     *
     * @throws UnknownNameException when there is none of this name; the message suggests near ones
     * @throws SavedFileException when its file is damaged or of a newer version
     */
    T load(String name) throws IOException {
        return existing(name).value();
    }

    /**
     * Keeps a value. Fields of an existing file that this version does not know stay in it. A file
     * of an older schema version is copied beside itself first.
     *
     * @param overwrite whether one of the same name may be replaced
     * @throws SavedFileException when one exists that may not be replaced, or cannot be understood
     */
    synchronized void save(T value, boolean overwrite) throws IOException {
        String name = format.name().apply(value);
        Stored<T> old = replaceable(name, overwrite);
        if (old != null) {
            keepOlder(old);
        }
        ObjectNode tree = old == null ? JsonFields.newObject() : old.tree();
        tree.put(JsonFields.SCHEMA_VERSION, format.version());
        format.writer().accept(value, tree);
        store(name, tree, old);
    }

    /** Removes a value; {@link UnknownNameException} when there is none of this name. */
    synchronized void delete(String name) throws IOException {
        // a damaged file can still be removed by the name it was saved under
        Path usual = usualFile(name);
        Files.delete(Files.exists(usual) ? usual : existing(name).file());
        PrivateFiles.syncFolder(folder);
    }

    /**
     * Copies a value to a file of the user's choice.
     *
     * @param overwrite whether a file that exists may be replaced
     * @throws UnknownNameException when there is none of this name
     * @throws FileAlreadyExistsException when the file exists and may not be replaced
     */
    void exportTo(String name, Path file, boolean overwrite) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(JsonFields.toBytes(existing(name).tree()));
        Path target = file.toAbsolutePath();
        if (overwrite) {
            PrivateFiles.replace(target, content);
            return;
        }
        if (target.getParent() == null || Files.exists(target)) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "export needs a file that does not exist yet");
        }
        PrivateFiles.create(target, content);
    }

    /**
     * What an exported file holds; nothing is kept.
     *
     * @throws SavedFileException when the file is none of a version known here
     */
    T look(Path file) throws IOException {
        return read(file).value();
    }

    /**
     * Takes a value from an exported file, fields unknown here included.
     *
     * @param overwrite whether one of the same name may be replaced
     * @throws SavedFileException when the file is none of a version known here, or one of its name
     *     exists that may not be replaced
     */
    synchronized T importFrom(Path file, boolean overwrite) throws IOException {
        Stored<T> imported = read(file);
        String name = format.name().apply(imported.value());
        store(name, imported.tree(), replaceable(name, overwrite));
        return imported.value();
    }

    /** Refuses a name that is taken. */
    void checkFree(String name) throws IOException {
        replaceable(name, false);
    }

    private @Nullable Stored<T> replaceable(String name, boolean overwrite) throws IOException {
        Stored<T> old = find(name);
        if (old != null && !overwrite) {
            throw new SavedFileException(Told.of("saved.taken", format.what(), name), null);
        }
        return old;
    }

    /** A copy of a file that is about to be brought to this version, for a Sluice as old as it. */
    private void keepOlder(Stored<T> old) throws IOException {
        int version = old.tree().path(JsonFields.SCHEMA_VERSION).asInt();
        if (version < format.version()) {
            Path copy = old.file().resolveSibling(old.file().getFileName() + ".schema-" + version);
            PrivateFiles.replace(copy, ByteBuffer.wrap(Files.readAllBytes(old.file())));
        }
    }

    private void store(String name, ObjectNode tree, @Nullable Stored<T> old) throws IOException {
        PrivateFiles.createFolders(folder);
        Path file = old == null ? usualFile(name) : old.file();
        PrivateFiles.replace(file, ByteBuffer.wrap(JsonFields.toBytes(tree)));
    }

    private Stored<T> existing(String name) throws IOException {
        Stored<T> stored = find(name);
        if (stored == null) {
            List<String> names = list().found().stream().map(format.name()).toList();
            throw new UnknownNameException(format.what(), name, names);
        }
        return stored;
    }

    private @Nullable Stored<T> find(String name) throws IOException {
        Path usual = usualFile(name);
        if (Files.exists(usual)) {
            return read(usual);
        }
        // someone may have put a file here under a name of his own
        return stored(new ArrayList<>()).stream()
                .filter(stored -> format.name().apply(stored.value()).equals(name))
                .findFirst()
                .orElse(null);
    }

    private Path usualFile(String name) {
        return folder.resolve(FileNames.of(name, SUFFIX));
    }

    private List<Stored<T>> stored(List<Told> problems) throws IOException {
        List<Stored<T>> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                try {
                    found.add(read(file));
                } catch (SavedFileException e) {
                    problems.add(e.told());
                }
            }
        }
        return found;
    }

    private Stored<T> read(Path file) throws SavedFileException {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IllegalArgumentException("it is far too long");
            }
            JsonFields fields = JsonFields.parse(Files.readAllBytes(file), format.version());
            return new Stored<>(format.reader().apply(fields), fields.tree(), file);
        } catch (NoSuchFileException e) {
            throw new SavedFileException(Told.of("saved.noFile", file), e);
        } catch (IOException e) {
            throw new SavedFileException(
                    Told.of("saved.unreadable", format.what(), file, e.toString()), e);
        } catch (IllegalArgumentException e) {
            throw new SavedFileException(
                    Told.of("saved.unusable", format.what(), file, Told.of(e)), e);
        }
    }
}
