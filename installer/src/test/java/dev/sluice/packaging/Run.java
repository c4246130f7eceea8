package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param output both streams
 */
record Run(int exitCode, String output) {

    private static final int PATIENCE = 300;

    /** Runs a command with nothing in its environment but what is given and a bare PATH. */
    static Run of(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("run", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
            return new Run(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /** Runs a tool of the system that must succeed, and gives what it printed. */
    static String tool(String... command) throws IOException, InterruptedException {
        Run run = of(Map.of(), List.of(command));
        assertThat(run.exitCode()).as("%s: %s", List.of(command), run.output()).isZero();
        return run.output();
    }
}
