package dev.sluice.ui.common;

import javafx.scene.text.Font;

import org.kordamp.ikonli.IkonHandler;
import org.kordamp.ikonli.IkonResolverProvider;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The fonts that icons are drawn with. The toolkit copies a font that lies in a library to the
 * folder for temporary files, and reads it there; a package has them as files, and says where.
 */
public final class IconFonts {

    private static final String FOLDER = "sluice.fonts";

    /** Ikonli's own; an icon has the size that the stylesheet says. */
    private static final double SIZE = 16;

    private IconFonts() {}

    /** Has the fonts read from files where there are some. Before the first icon is made. */
    public static void fromFiles() {
        String folder = System.getProperty(FOLDER);
        if (folder != null) {
            IkonResolverProvider.getInstance(handler -> read(handler, Path.of(folder)));
        }
    }

    private static void read(IkonHandler handler, Path folder) {
        String library = handler.getFontResource().toExternalForm();
        Path file = folder.resolve(library.substring(library.lastIndexOf('/') + 1));
        String place = Files.exists(file) ? file.toUri().toString() : library;
        handler.setFont(Font.loadFont(place, SIZE));
    }
}
