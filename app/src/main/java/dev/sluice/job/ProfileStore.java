package dev.sluice.job;

import dev.sluice.files.FileNames;
import dev.sluice.files.PrivateFiles;

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

/**
 * The saved profiles: one JSON file each, readable by its owner only. Safe from any thread; what
 * another process saves is seen at the next call.
 */
public final class ProfileStore {

    /** No profile is anywhere near as long; whatever is longer is something else. */
    private static final long LONGEST_FILE = 1 << 20;

    private static final String SUFFIX = ".json";

    private final Path folder;

    ProfileStore(Path folder) {
        this.folder = folder;
    }

    /** The profiles kept in these folders. */
    public static ProfileStore of(Folders folders) {
        return new ProfileStore(folders.profiles());
    }

    /**
     * What was found.
     *
     * @param profiles the usable ones, by name
     * @param problems a sentence for each file that cannot be used
     */
    public record Listing(List<Profile> profiles, List<String> problems) {}

    /** A profile with the tree it was read from, which may hold fields unknown here. */
    private record Stored(Profile profile, ObjectNode tree, Path file) {}

    /** All profiles. A damaged one does not hide the others. */
    public Listing list() throws IOException {
        List<String> problems = new ArrayList<>();
        List<Profile> profiles =
                stored(problems).stream()
                        .map(Stored::profile)
                        .sorted(
                                Comparator.comparing(Profile::name, String.CASE_INSENSITIVE_ORDER)
                                        .thenComparing(Profile::name))
                        .toList();
        return new Listing(profiles, List.copyOf(problems));
    }

    /**
     * Reads a profile.
     *
     * @throws UnknownNameException when there is none of this name; the message suggests near ones
     * @throws ProfileException when its file is damaged or of a newer version
     */
    public Profile load(String name) throws IOException {
        return existing(name).profile();
    }

    /**
     * Keeps a profile. Fields of an existing file that this version does not know stay in it.
     *
     * @param overwrite whether a profile of the same name may be replaced
     * @throws ProfileException when one exists that may not be replaced, or cannot be understood
     */
    public synchronized void save(Profile profile, boolean overwrite) throws IOException {
        Stored old = replaceable(profile.name(), overwrite);
        ObjectNode tree = old == null ? JsonFields.newObject() : old.tree();
        ProfileFormat.write(profile, tree);
        store(profile.name(), tree, old);
    }

    /** Removes a profile; {@link UnknownNameException} when there is none of this name. */
    public synchronized void delete(String name) throws IOException {
        // a damaged file can still be removed by the name it was saved under
        Path usual = usualFile(name);
        Files.delete(Files.exists(usual) ? usual : existing(name).file());
        PrivateFiles.syncFolder(folder);
    }

    /**
     * Copies a profile to a file of the user's choice, which must not exist.
     *
     * @throws UnknownNameException when there is none of this name
     * @throws FileAlreadyExistsException when the file exists
     */
    public void exportTo(String name, Path file) throws IOException {
        Stored stored = existing(name);
        Path target = file.toAbsolutePath();
        Path parent = target.getParent();
        if (parent == null || Files.exists(target)) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "export needs a file that does not exist yet");
        }
        PrivateFiles.create(target, ByteBuffer.wrap(JsonFields.toBytes(stored.tree())));
    }

    /**
     * Takes a profile from an exported file, fields unknown here included.
     *
     * @param overwrite whether a profile of the same name may be replaced
     * @throws ProfileException when the file is no profile of a version known here, or one of its
     *     name exists that may not be replaced
     */
    public synchronized Profile importFrom(Path file, boolean overwrite) throws IOException {
        Stored imported = read(file);
        String name = imported.profile().name();
        store(name, imported.tree(), replaceable(name, overwrite));
        return imported.profile();
    }

    private @Nullable Stored replaceable(String name, boolean overwrite) throws IOException {
        Stored old = find(name);
        if (old != null && !overwrite) {
            throw new ProfileException(
                    "there is a profile \"%s\" already; choose another name or allow it to be"
                                    .formatted(name)
                            + " replaced",
                    null);
        }
        return old;
    }

    private void store(String name, ObjectNode tree, @Nullable Stored old) throws IOException {
        PrivateFiles.createFolders(folder);
        Path file = old == null ? usualFile(name) : old.file();
        PrivateFiles.replace(file, ByteBuffer.wrap(JsonFields.toBytes(tree)));
    }

    private Stored existing(String name) throws IOException {
        Stored stored = find(name);
        if (stored == null) {
            List<String> names = list().profiles().stream().map(Profile::name).toList();
            throw new UnknownNameException("profile", name, names);
        }
        return stored;
    }

    private @Nullable Stored find(String name) throws IOException {
        Path usual = usualFile(name);
        if (Files.exists(usual)) {
            return read(usual);
        }
        // someone may have put a file here under a name of his own
        return stored(new ArrayList<>()).stream()
                .filter(stored -> stored.profile().name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private Path usualFile(String name) {
        return folder.resolve(FileNames.of(name, SUFFIX));
    }

    private List<Stored> stored(List<String> problems) throws IOException {
        List<Stored> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                try {
                    found.add(read(file));
                } catch (ProfileException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return found;
    }

    private static Stored read(Path file) throws ProfileException {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IllegalArgumentException("it is far too long");
            }
            JsonFields fields = JsonFields.parse(Files.readAllBytes(file), ProfileFormat.VERSION);
            return new Stored(ProfileFormat.read(fields), fields.tree(), file);
        } catch (NoSuchFileException e) {
            throw new ProfileException("there is no file %s".formatted(file), e);
        } catch (IOException e) {
            throw new ProfileException(
                    "the profile in %s cannot be read: %s".formatted(file, e), e);
        } catch (IllegalArgumentException e) {
            throw new ProfileException(
                    "the profile in %s cannot be used: %s; mend or remove the file"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }
}
