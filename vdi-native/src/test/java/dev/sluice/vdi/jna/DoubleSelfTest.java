package dev.sluice.vdi.jna;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The doubles' own tests in C++, each in a process of its own. */
class DoubleSelfTest {

    /** Compiles them first, which a busy machine takes long for. */
    @TestFactory
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    Stream<DynamicTest> theDoubles() throws Exception {
        List<String> names = run().output().lines().toList();
        assertThat(names).isNotEmpty();
        return names.stream()
                .map(
                        name ->
                                DynamicTest.dynamicTest(
                                        name.replace('_', ' '),
                                        () -> {
                                            Run run = run(name);
                                            assertThat(run.status()).as(run.output()).isZero();
                                        }));
    }

    private record Run(int status, String output) {}

    /** Runs the program; it ends itself when a test takes too long. */
    private static Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of(Doubles.selfTest().toString()), Stream.of(arguments))
                        .toList();
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(program.waitFor(), output);
    }
}
