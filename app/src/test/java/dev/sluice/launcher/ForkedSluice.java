package dev.sluice.launcher;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Sluice in a process of its own, as a user starts it; what it writes is kept line by line. */
public final class ForkedSluice implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private volatile boolean killed;
    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();

    private ForkedSluice(Process process) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().name("forked output").start(this::read);
    }

    /** Starts Sluice with everything it keeps under one folder. */
    public static ForkedSluice start(Path home, List<String> arguments) throws IOException {
        return start(home, List.of(), arguments);
    }

    /** As above, with variables of the environment. */
    static ForkedSluice start(Path home, Map<String, String> variables, List<String> arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(List.of(), arguments));
        builder.environment().putAll(variables);
        return start(home, builder);
    }

    /** As above, with options of the JVM. */
    static ForkedSluice start(Path home, List<String> options, List<String> arguments)
            throws IOException {
        return start(home, new ProcessBuilder(command(options, arguments)));
    }

    private static List<String> command(List<String> options, List<String> arguments) {
        List<String> command = java();
        command.addAll(options);
        command.add("--enable-native-access=dev.sluice.vdi,com.sun.jna");
        command.addAll(List.of("--module-path", System.getProperty("jdk.module.path")));
        command.addAll(List.of("--module", "dev.sluice.app/dev.sluice.launcher.Main"));
        command.addAll(arguments);
        return command;
    }

    /** Starts {@link DemoBehindComDouble}. */
    static ForkedSluice startBehindComDouble(Path home) throws IOException {
        Path module = Path.of("../vdi-native").toAbsolutePath().normalize();
        String classPath =
                String.join(
                        File.pathSeparator,
                        module.resolve("target/test-classes").toString(),
                        System.getProperty("java.class.path"),
                        System.getProperty("jdk.module.path"));
        List<String> command = java();
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath));
        command.addAll(List.of(DemoBehindComDouble.class.getName(), home.toString()));
        return start(home, new ProcessBuilder(command).directory(module.toFile()));
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // a short life: what the optimising compiler costs is never earned back
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.add("-Dstdout.encoding=UTF-8");
        return command;
    }

    private static ForkedSluice start(Path home, ProcessBuilder builder) throws IOException {
        builder.redirectErrorStream(true);
        builder.environment().put("SLUICE_HOME", home.toString());
        builder.environment().remove("DISPLAY");
        builder.environment().remove("WAYLAND_DISPLAY");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return new ForkedSluice(builder.start());
    }

    /** The files below a folder at this moment; while they come and go, as good as none. */
    public static List<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /** Everything written so far. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until a line fits; fails when the process ends without one. */
    synchronized void awaitLine(Predicate<String> fits) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (lines.stream().noneMatch(fits)) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !reader.isAlive()) {
                throw new AssertionError("the line never came:\n" + String.join("\n", lines));
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Waits until the condition holds or the process has ended; true when it holds. */
    public boolean awaitWhileAlive(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /** Sends a signal: INT as Ctrl-C does, TERM as the system does. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** Ends the process as a power cut does, and waits for its end. */
    public void kill() throws InterruptedException {
        killed = true;
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** The arguments of the process and of all it has started, as anybody can read them. */
    List<String> commandLines() throws IOException {
        List<String> found = new ArrayList<>();
        for (ProcessHandle one :
                Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList()) {
            try {
                found.add(Files.readString(Path.of("/proc", Long.toString(one.pid()), "cmdline")));
            } catch (NoSuchFileException e) {
                // it has ended, and tells nobody anything
            }
        }
        return found;
    }

    /** Waits for the process to end by itself; its exit code. */
    int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end:\n" + String.join("\n", lines()));
        }
        reader.join();
        return process.exitValue();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null) {
                add(line);
                line = output.readLine();
            }
        } catch (IOException e) {
            // what is killed has its stream closed
            if (!killed) {
                throw new UncheckedIOException(e);
            }
        } finally {
            wake();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void wake() {
        notifyAll();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
