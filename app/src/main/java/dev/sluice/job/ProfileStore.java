package dev.sluice.job;

import dev.sluice.files.PrivateFiles;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The saved profiles: one JSON file each, readable by its owner only, and the order the user gave
 * them. Safe from any thread; what another process saves is seen at the next call.
 */
public final class ProfileStore {

    private final NamedFiles<Profile> files;
    private final ProfileOrder order;

    ProfileStore(Path folder) {
        this.files = new NamedFiles<>(folder, ProfileFormat.FORMAT);
        this.order = new ProfileOrder(PrivateFiles.folderOf(folder));
    }

    /** The profiles kept in these folders. */
    public static ProfileStore of(Folders folders) {
        return new ProfileStore(folders.profiles());
    }

    /**
     * All profiles, first those that were arranged, then the others by name. A damaged one does not
     * hide the others.
     */
    public Listing<Profile> list() throws IOException {
        Listing<Profile> byName = files.list();
        List<Told> problems = new ArrayList<>(byName.problems());
        List<String> arranged = arranged(problems);
        List<Profile> found = new ArrayList<>(byName.found());
        found.sort(Comparator.comparingInt(profile -> place(profile, arranged)));
        return new Listing<>(List.copyOf(found), List.copyOf(problems));
    }

    private List<String> arranged(List<Told> problems) throws IOException {
        try {
            return order.load();
        } catch (SavedFileException e) {
            problems.add(e.told());
            return List.of();
        }
    }

    private static int place(Profile profile, List<String> arranged) {
        int place = arranged.indexOf(profile.name());
        return place < 0 ? arranged.size() : place;
    }

    /**
     * Keeps the order in which to list the profiles.
     *
     * @param names from the first on; those that are left out follow by name
     */
    public void arrange(List<String> names) throws IOException {
        order.save(List.copyOf(names));
    }

    /**
     * Reads a profile.
     *
     * @throws UnknownNameException when there is none of this name; the message suggests near ones
     * @throws SavedFileException when its file is damaged or of a newer version
     */
    public Profile load(String name) throws IOException {
        return files.load(name);
    }

    /**
     * Keeps a profile. Fields of an existing file that this version does not know stay in it.
     *
     * @param overwrite whether a profile of the same name may be replaced
     * @throws SavedFileException when one exists that may not be replaced, or cannot be understood
     */
    public void save(Profile profile, boolean overwrite) throws IOException {
        files.save(profile, overwrite);
    }

    /** Removes a profile; {@link UnknownNameException} when there is none of this name. */
    public void delete(String name) throws IOException {
        files.delete(name);
    }

    /**
     * Copies a profile to a file of the user's choice, readable by its owner only.
     *
     * @param overwrite whether a file that exists may be replaced
     * @throws UnknownNameException when there is none of this name
     * @throws FileAlreadyExistsException when the file exists and may not be replaced
     */
    public void exportTo(String name, Path file, boolean overwrite) throws IOException {
        files.exportTo(name, file, overwrite);
    }

    /**
     * The profile in an exported file; nothing is kept.
     *
     * @throws SavedFileException when the file is no profile of a version known here
     */
    public Profile look(Path file) throws IOException {
        return files.look(file);
    }

    /**
     * Takes a profile from an exported file, fields unknown here included.
     *
     * @param overwrite whether a profile of the same name may be replaced
     * @throws SavedFileException when the file is no profile of a version known here, or one of its
     *     name exists that may not be replaced
     */
    public Profile importFrom(Path file, boolean overwrite) throws IOException {
        return files.importFrom(file, overwrite);
    }
}
