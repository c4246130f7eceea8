package dev.sluice.packaging;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the window, on Linux on a screen that nobody sees, waits until it has come to rest and
 * ends it in the usual way, so that Java writes down what a start needs.
 */
final class WindowTraining {

    private static final int PATIENCE = 180;

    private WindowTraining() {}

    /**
     * Fails when the process does not come to rest, or does not end by itself.
     *
     * @param command the command line that starts the window
     */
    public static void main(String[] command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        if (System.getProperty("os.name").equals("Linux")) {
            try (Screen screen = Screen.open()) {
                builder.environment().put("DISPLAY", screen.name());
                train(builder);
            }
        } else {
            train(builder);
        }
    }

    private static void train(ProcessBuilder builder) throws IOException, InterruptedException {
        Process window = builder.start();
        try {
            awaitRest(window);
            end(window);
            if (!window.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the window does not close");
            }
        } finally {
            window.destroyForcibly();
        }
    }

    /** At rest: three seconds in which the process used a twentieth of a processor or less. */
    private static void awaitRest(Process window) throws InterruptedException {
        Duration little = Duration.ofMillis(150);
        Duration before = Duration.ofSeconds(-1);
        for (int i = 0; i < PATIENCE / 3; i++) {
            if (window.waitFor(3, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "the window ended by itself with " + window.exitValue());
            }
            Duration used = window.info().totalCpuDuration().orElseThrow();
            if (used.minus(before).compareTo(little) <= 0) {
                return;
            }
            before = used;
        }
        throw new IllegalStateException("the window does not come to rest");
    }

    private static void end(Process window) throws IOException, InterruptedException {
        if (window.supportsNormalTermination()) {
            window.destroy();
            return;
        }
        // on Windows: what the button of the title bar does
        List<String> close = new ArrayList<>(List.of("taskkill", "/PID"));
        close.add(Long.toString(window.pid()));
        new ProcessBuilder(close).inheritIO().start().waitFor();
    }
}
