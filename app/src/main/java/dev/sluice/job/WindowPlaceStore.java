package dev.sluice.job;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Optional;

/** Keeps the place of the window in a file of its own. Safe from any thread. */
public final class WindowPlaceStore {

    private static final String NAME = "window";

    private final NamedFiles<WindowPlace> files;

    private WindowPlaceStore(Folders folders) {
        this.files =
                new NamedFiles<>(
                        folders.state(),
                        new NamedFiles.Format<>(
                                NAME,
                                1,
                                place -> NAME,
                                WindowPlaceStore::read,
                                WindowPlaceStore::write));
    }

    /** The place kept in these folders. */
    public static WindowPlaceStore of(Folders folders) {
        return new WindowPlaceStore(folders);
    }

    /**
     * The place of the window when it was closed last; empty at the first start.
     *
     * @throws SavedFileException when the file is damaged or of a newer version
     */
    public Optional<WindowPlace> load() throws IOException {
        try {
            return Optional.of(files.load(NAME));
        } catch (UnknownNameException e) {
            return Optional.empty();
        }
    }

    /** Keeps a place. */
    public void save(WindowPlace place) throws IOException {
        files.save(place, true);
    }

    private static WindowPlace read(JsonFields fields) {
        return new WindowPlace(
                fields.number("x"),
                fields.number("y"),
                fields.number("width"),
                fields.number("height"),
                fields.flag("maximised"));
    }

    private static void write(WindowPlace place, ObjectNode tree) {
        tree.put("x", Math.round(place.x()))
                .put("y", Math.round(place.y()))
                .put("width", Math.round(place.width()))
                .put("height", Math.round(place.height()))
                .put("maximised", place.maximised());
    }
}
