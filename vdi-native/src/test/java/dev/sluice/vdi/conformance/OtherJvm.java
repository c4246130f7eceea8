package dev.sluice.vdi.conformance;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program of this suite in a process of its own; what it is told and answers are lines. */
public final class OtherJvm implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final PrintWriter input;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Path errors;
    private final Thread reader;

    private OtherJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        reader = Thread.ofPlatform().daemon().name("other-jvm").start(this::read);
    }

    /**
     * Starts a program.
     *
     * @param folder for what the process writes
     */
    static OtherJvm start(Path folder, Class<?> program, String... arguments) throws IOException {
        Path errors = folder.resolve("errors");
        return new OtherJvm(
                new ProcessBuilder(command(folder, program, arguments))
                        .redirectError(errors.toFile())
                        .start(),
                errors);
    }

    /**
     * The command that starts a program with everything these tests have.
     *
     * @param folder where the process writes a file named crash, should it come to that
     */
    public static List<String> command(Path folder, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // a short life: what the optimising compiler costs is never earned back
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        // where the process is meant to crash it leaves no more than a text
        command.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + folder + "/crash"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath(), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Everything this process has, modules or not, and these tests, which are patched in. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                testClasses().toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
    }

    private static Path testClasses() {
        String resource = OtherJvm.class.getSimpleName() + ".class";
        try {
            URI here = Objects.requireNonNull(OtherJvm.class.getResource(resource)).toURI();
            Path folder = Path.of(here);
            for (int i = 0; i <= OtherJvm.class.getName().split("\\.").length - 1; i++) {
                folder = Objects.requireNonNull(folder.getParent());
            }
            return folder;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells it something and waits for the answer. */
    String ask(String line) {
        tell(line);
        return answer();
    }

    /** Tells it something. */
    void tell(String line) {
        input.println(line);
    }

    /** Waits for an answer. */
    String answer() {
        try {
            String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("No answer came. " + errors());
            }
            return answer;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends it as a power cut does. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** Waits for it to end by itself; its exit code. */
    int await() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("It did not end. " + errors());
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What it complained of. */
    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null) {
                answers.add(line);
                line = output.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            answers.add("it has ended");
        }
    }

    @Override
    public void close() {
        kill();
    }
}
