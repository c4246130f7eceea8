package dev.sluice.media.mtf;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Backups written by SQL Server, in a folder beside the project: {@code shared/data/bak} of a
 * parent folder, or the system property {@code sluice.bak}. Where it is missing, whoever asks for
 * one is skipped and says why.
 */
public final class RealBackups {

    private static final Path FOLDER = folder();

    private RealBackups() {}

    private static Path folder() {
        String chosen = System.getProperty("sluice.bak");
        Path start = Path.of("").toAbsolutePath();
        for (Path parent = start; chosen == null && parent != null; parent = parent.getParent()) {
            Path candidate = parent.resolve("shared/data/bak");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return Path.of(chosen == null ? "shared/data/bak" : chosen);
    }

    /** Skips the test that asks, unless the backups are there. */
    public static void need() {
        assumeTrue(
                Files.isDirectory(FOLDER),
                "no backups of SQL Server in " + FOLDER + "; name their folder with -Dsluice.bak");
    }

    /** One of them by its name. */
    public static Path file(String name) {
        need();
        return FOLDER.resolve(name);
    }
}
