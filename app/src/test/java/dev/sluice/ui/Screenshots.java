package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Scene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps pictures of what the tests see, under target/screenshots. */
final class Screenshots {

    private static final Path FOLDER = Path.of("target", "screenshots");

    private Screenshots() {}

    /** Takes a picture of a scene, whose texts must be legible; on the FX thread. */
    static void take(Scene scene, String name) {
        assertThat(Contrast.faintTexts(scene.getRoot())).as(name).isEmpty();
        take(scene, FOLDER.resolve(name + ".png"));
    }

    static void take(Scene scene, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Png.encode(scene.snapshot(null)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
