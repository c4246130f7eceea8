package dev.sluice.ui;

import javafx.scene.image.Image;

import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Sluice's mark in the sizes that title bars and task bars show, as the build rendered them. */
final class WindowIcons {

    private WindowIcons() {}

    /** Reads the pictures; on the FX thread. */
    static List<Image> load() {
        return Stream.of(16, 24, 32, 48, 64, 128).map(WindowIcons::load).toList();
    }

    private static Image load(int size) {
        String name = "icons/sluice-" + size + ".png";
        URL picture =
                Objects.requireNonNull(
                        WindowIcons.class.getResource(name), "the build left out " + name);
        return new Image(picture.toExternalForm());
    }
}
