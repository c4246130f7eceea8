package dev.sluice.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The saved profiles: one JSON file each, readable by its owner only. Safe from any thread; what
 * another process saves is seen at the next call.
 */
public final class ProfileStore {

    private final Path folder;

    ProfileStore(Path folder) {
        this.folder = folder;
    }

    /**
     * What was found.
     *
     * @param profiles the usable ones, by name
     * @param problems a sentence for each file that cannot be used
     */
    public record Listing(List<Profile> profiles, List<String> problems) {}

    /** All profiles. A damaged one does not hide the others. */
    public Listing list() throws IOException {
        return later();
    }

    /**
     * Reads a profile.
     *
     * @throws UnknownNameException when there is none of this name; the message suggests near ones
     * @throws ProfileException when its file is damaged or of a newer version
     */
    public Profile load(String name) throws IOException {
        return later();
    }

    /**
     * Keeps a profile. Fields of an existing file that this version does not know stay in it.
     *
     * @param overwrite whether a profile of the same name may be replaced
     * @throws ProfileException when one exists that may not be replaced, or cannot be written
     */
    public void save(Profile profile, boolean overwrite) throws IOException {
        later();
    }

    /** Removes a profile; {@link UnknownNameException} when there is none of this name. */
    public void delete(String name) throws IOException {
        later();
    }

    /**
     * Copies a profile to a file of the user's choice, which must not exist.
     *
     * @throws UnknownNameException when there is none of this name
     */
    public void exportTo(String name, Path file) throws IOException {
        later();
    }

    /**
     * Takes a profile from an exported file.
     *
     * @param overwrite whether a profile of the same name may be replaced
     * @throws ProfileException when the file is no profile of a version known here, or one of its
     *     name exists that may not be replaced
     */
    public Profile importFrom(Path file, boolean overwrite) throws IOException {
        return later();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T later() {
        throw new UnsupportedOperationException(folder.toString());
    }
}
