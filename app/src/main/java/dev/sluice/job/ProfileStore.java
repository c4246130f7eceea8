package dev.sluice.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * The saved profiles: one JSON file each, readable by its owner only. Safe from any thread; what
 * another process saves is seen at the next call.
 */
public final class ProfileStore {

    private final NamedFiles<Profile> files;

    ProfileStore(Path folder) {
        this.files = new NamedFiles<>(folder, ProfileFormat.FORMAT);
    }

    /** The profiles kept in these folders. */
    public static ProfileStore of(Folders folders) {
        return new ProfileStore(folders.profiles());
    }

    /** All profiles. A damaged one does not hide the others. */
    public Listing<Profile> list() throws IOException {
        return files.list();
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
     * Copies a profile to a file of the user's choice, which must not exist.
     *
     * @throws UnknownNameException when there is none of this name
     * @throws FileAlreadyExistsException when the file exists
     */
    public void exportTo(String name, Path file) throws IOException {
        files.exportTo(name, file);
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
