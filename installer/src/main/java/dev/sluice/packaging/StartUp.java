package dev.sluice.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long the packaged launchers take to start, with their cache and without, in turns: the
 * command line until {@code --help} is printed, the window until it is on the screen.
 */
final class StartUp {

    private static final int PATIENCE = 120;
    private static final String PLAIN = "-XX:AOTMode=off";

    /** One start of a kind. */
    private interface Start {
        Duration measure(List<String> javaOptions) throws IOException, InterruptedException;
    }

    private final Path bin;
    private final Path home;

    private StartUp(Path bin, Path home) {
        this.bin = bin;
        this.home = home;
    }

    /**
     * Prints the medians and their ratio.
     *
     * @param arguments the folder of the launchers, a folder to keep Sluice's files in, and the
     *     number of turns
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        StartUp startUp = new StartUp(Path.of(arguments[0]), Path.of(arguments[1]));
        int turns = Integer.parseInt(arguments[2]);
        Files.createDirectories(startUp.home);
        compare("sluice --help", turns, startUp::help);
        try (Screen screen = Screen.open()) {
            compare("window on screen", turns, options -> startUp.window(screen, options));
        }
    }

    private static void compare(String what, int turns, Start start)
            throws IOException, InterruptedException {
        List<Duration> cached = new ArrayList<>();
        List<Duration> plain = new ArrayList<>();
        // the first turn warms the machine up
        for (int turn = 0; turn <= turns; turn++) {
            Duration with = start.measure(List.of());
            Duration without = start.measure(List.of(PLAIN));
            if (turn > 0) {
                cached.add(with);
                plain.add(without);
            }
        }
        double with = median(cached);
        double without = median(plain);
        System.out.printf(
                "%s: %.2f s with the cache, %.2f s without: ratio %.2f (%d turns)%n",
                what, with, without, with / without, turns);
    }

    private Duration help(List<String> options) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = builder("sluice", options, "--help").start();
        await(process);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private Duration window(Screen screen, List<String> options)
            throws IOException, InterruptedException {
        ProcessBuilder builder = builder("sluice-desktop", options);
        builder.environment().put("DISPLAY", screen.name());
        long begin = System.nanoTime();
        Process process = builder.start();
        try {
            screen.awaitWindow(process, "Sluice");
            return Duration.ofNanos(System.nanoTime() - begin);
        } finally {
            process.destroy();
            await(process);
        }
    }

    private ProcessBuilder builder(String launcher, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(bin.resolve(launcher).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SLUICE_HOME", home.toString());
        if (!options.isEmpty()) {
            builder.environment().put("JAVA_TOOL_OPTIONS", String.join(" ", options));
        }
        return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private static void await(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("it does not end: " + process.info());
        }
    }

    private static double median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2).toMillis() / 1000.0;
    }
}
