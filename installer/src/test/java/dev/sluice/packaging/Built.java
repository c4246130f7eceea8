package dev.sluice.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the build has put what is tested. */
final class Built {

    static final Path TARGET = Path.of("target").toAbsolutePath();
    static final Path ICONS = Path.of("../app/target/icons").toAbsolutePath();
    static final Path LIBRARIES = Path.of("../app/target/dist/lib").toAbsolutePath();

    private Built() {}

    /** The one package of a kind. */
    static Path pack(String suffix) throws IOException {
        List<Path> found = below(TARGET.resolve("packages"), suffix);
        if (found.size() != 1) {
            throw new IllegalStateException("one package *" + suffix + " expected, not " + found);
        }
        return found.getFirst();
    }

    /** The files in a folder and those below it whose names end so. */
    static List<Path> below(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
