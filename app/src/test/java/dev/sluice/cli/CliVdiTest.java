package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The way to a device set can be chosen with every command, and for the window. */
class CliVdiTest {

    @TempDir private Path folder;
    private @Nullable TestHome home;

    @BeforeEach
    void open() throws Exception {
        home = new TestHome(folder);
    }

    @AfterEach
    void close() {
        home().close();
    }

    private TestHome home() {
        return Objects.requireNonNull(home);
    }

    @ParameterizedTest
    @CsvSource({
        "databases, AUTO",
        "--vdi native databases, NATIVE",
        "databases --vdi native, NATIVE",
        "databases --vdi=embedded --json, EMBEDDED",
        "profile list --vdi native, NATIVE",
        "profile --vdi native list, NATIVE",
        "--vdi native profile list, NATIVE",
        "history --vdi auto, AUTO"
    })
    void isChosenBeforeOrAfterTheCommand(String line, VdiChoice choice) {
        TestHome.Outcome outcome = home().sluice(line);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isEqualTo(ExitCode.DONE);
        assertThat(home().choice).isEqualTo(choice);
    }

    @Test
    void theWindowIsForTheOptionAlone() {
        assertThat(Cli.forWindow(List.of())).contains(VdiChoice.AUTO);
        assertThat(Cli.forWindow(List.of("--vdi", "native"))).contains(VdiChoice.NATIVE);
        assertThat(Cli.forWindow(List.of("--vdi=embedded"))).contains(VdiChoice.EMBEDDED);
        assertThat(Cli.forWindow(List.of("--vdi", "dll"))).isEmpty();
        assertThat(Cli.forWindow(List.of("--vdi"))).isEmpty();
        assertThat(Cli.forWindow(List.of("--vdi", "native", "databases"))).isEmpty();
        assertThat(Cli.forWindow(List.of("--help"))).isEmpty();
        assertThat(Cli.forWindow(List.of("demo"))).isEmpty();
    }
}
