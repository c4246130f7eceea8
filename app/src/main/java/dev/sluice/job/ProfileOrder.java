package dev.sluice.job;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The order the user gave the profiles, in a file beside their folder. Names that are gone do no
 * harm. Safe from any thread.
 */
final class ProfileOrder {

    private static final String NAME = "profile-order";

    private final NamedFiles<List<String>> files;

    ProfileOrder(Path folder) {
        this.files =
                new NamedFiles<>(
                        folder,
                        new NamedFiles.Format<>(
                                NAME,
                                1,
                                names -> NAME,
                                fields -> fields.texts("names"),
                                ProfileOrder::write));
    }

    /**
     * The names as they were arranged last; none when they never were.
     *
     * @throws SavedFileException when the file is damaged or of a newer version
     */
    List<String> load() throws IOException {
        try {
            return files.load(NAME);
        } catch (UnknownNameException e) {
            return List.of();
        }
    }

    /** Keeps an order. */
    void save(List<String> names) throws IOException {
        files.save(names, true);
    }

    private static void write(List<String> names, ObjectNode tree) {
        JsonFields.put(tree, "names", names);
    }
}
