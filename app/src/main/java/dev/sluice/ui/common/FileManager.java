package dev.sluice.ui.common;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The desktop's file manager. Stateless. */
public final class FileManager {

    /** One that runs longer shows the folder; what fails does so at once. */
    private static final long SECONDS_TO_FAIL = 3;

    private FileManager() {}

    /**
     * Shows a folder. Waits for the desktop, so not on the FX thread. AWT would do it, but its
     * toolkit beside JavaFX's blocks on some desktops.
     */
    public static void open(Path folder) throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder now");
        }
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String program = program(system);
        Process process =
                new ProcessBuilder(List.of(program, folder.toAbsolutePath().toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        boolean ended = process.waitFor(SECONDS_TO_FAIL, TimeUnit.SECONDS);
        // Explorer ends with 1 when all is well
        if (ended && process.exitValue() != 0 && !system.startsWith("windows")) {
            throw new FileSystemException(
                    folder.toString(), null, program + ": exit code " + process.exitValue());
        }
    }

    private static String program(String system) {
        if (system.startsWith("windows")) {
            return "explorer.exe";
        }
        return system.startsWith("mac") ? "open" : "xdg-open";
    }
}
