package dev.sluice.vdi.jna.aborts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.conformance.OtherJvm;
import dev.sluice.vdi.jna.Doubles;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * 2,000 device sets of each native library, of 1 to 8 devices, aborted at random moments of their
 * life from either side: no crash, no hang, no Close with a buffer outstanding, nothing left
 * behind. In processes of their own, for the doubles guard their memory and count what is open.
 *
 * <p>A failure tells the seed and the attempt. To try it again, alone or among others: {@code
 * ./mvnw -B test -pl vdi-native -Dtest=RandomAbortsTest -Daborts.seed=1 -Daborts.first=317
 * -Daborts.count=1}. How threads meet is not drawn, so that the same attempt may go well.
 */
@Tag("acceptance")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RandomAbortsTest {

    private static final long SEED = Long.getLong("aborts.seed", 20261121);
    private static final int FIRST = Integer.getInteger("aborts.first", 0);
    private static final int COUNT = Integer.getInteger("aborts.count", 500);

    /** Between the first attempts of two batches; more than one makes. */
    private static final int STRIDE = 1_000_000;

    /** Far more than a batch takes on a busy machine. */
    private static final int PATIENCE_SECONDS = 300;

    private static final int LINES_TOLD = 200;

    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"com,0", "com,1", "com,2", "com,3", "posix,0", "posix,1", "posix,2", "posix,3"})
    void aSetMayBeAbortedAtAnyMoment(String library, int batch) throws Exception {
        // compiled here, so that the process need not
        assertThat(Doubles.comLibrary()).exists();
        int first = FIRST + batch * STRIDE;
        Path output = folder.resolve("output");
        Process process =
                new ProcessBuilder(
                                OtherJvm.command(
                                        folder,
                                        AbortBatch.class,
                                        library,
                                        Long.toString(SEED),
                                        Integer.toString(first),
                                        Integer.toString(COUNT)))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            endWithAllStacks(process);
        }
        assertThat(ended).as("%s hangs in the last of %s", library, lastLines(output)).isTrue();
        assertThat(process.exitValue())
                .as("%s fails in the last of %s", library, lastLines(output))
                .isZero();
        assertThat(output).content().endsWith(AbortBatch.doneWith(COUNT) + System.lineSeparator());
    }

    /** The JVM prints all its stacks; then it is ended. */
    private static void endWithAllStacks(Process process) throws Exception {
        new ProcessBuilder("kill", "-QUIT", "" + process.pid()).start().waitFor();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static String lastLines(Path output) {
        try {
            List<String> all = Files.readAllLines(output);
            return String.join("\n", all.subList(Math.max(0, all.size() - LINES_TOLD), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
