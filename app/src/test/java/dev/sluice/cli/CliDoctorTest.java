package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.TestHome.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code sluice doctor} on a machine without SQL Server. */
class CliDoctorTest {

    @TempDir private Path folder;

    private TestHome home;

    @BeforeEach
    void open() throws Exception {
        home = new TestHome(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void aWarningDoesNotMakeAMachineUnfit() throws Exception {
        Outcome outcome = home.sluice("doctor --to", folder);

        assertThat(outcome.code()).as(outcome.out()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("✓ ok       Self-test of the embedded device set: 2 devices")
                .contains("! warning  Library of SQL Server: A finding.")
                .contains("           To do:\n             sudo install-it\n")
                .contains("– n/a      umask: ")
                .contains("✓ ok       Destination " + folder + ": Can be written to; ")
                .containsPattern("\n12 checks: 0 failed, 1 warning, 7 ok, 4 not applicable\\.\n$");
    }

    @Test
    void aFailedCheckEndsWithOneAndACommandToCopy() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        Outcome outcome = home.sluice("doctor --to", file);

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.out())
                .contains("✗ failed   Destination " + file + ": No backup can be written: " + file)
                .contains("\n             mv %s %s.old\n".formatted(file, file))
                .contains("12 checks: 1 failed, 1 warning, 6 ok, 4 not applicable.");
    }

    @Test
    void aTerminalGetsColoursBesidesTheWordsAndSignsItCanShow() {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        Terminal terminal = new Terminal(writer, writer, true, StandardCharsets.US_ASCII, 80, 24);

        int code =
                Cli.run(
                        List.of("doctor"),
                        new CliContext(
                                terminal,
                                home.secrets(),
                                home.signals,
                                home,
                                Path.of("sluice.log")));

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains("\u001b[32m+ ok      \u001b[0m Self-test")
                .contains("\u001b[33m! warning \u001b[0m Library")
                .contains("\u001b[2m- n/a     \u001b[0m umask");
    }

    @Test
    void machinesGetEveryCheckAsJson() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        Outcome outcome = home.sluice("doctor --json --to", folder, file);

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err()).isEmpty();
        JsonNode node = new JsonMapper().readTree(outcome.out());
        assertThat(node.get("healthy").asBoolean()).isFalse();
        List<String> states = new ArrayList<>();
        node.get("checks")
                .forEach(
                        check ->
                                states.add(
                                        check.get("id").asString()
                                                + " "
                                                + check.get("state").asString()));
        assertThat(states)
                .containsExactly(
                        "versions ok",
                        "self-test ok",
                        "library warning",
                        "group.client not_applicable",
                        "group.server not_applicable",
                        "umask not_applicable",
                        "shared-memory not_applicable",
                        "folder.config ok",
                        "folder.data ok",
                        "folder.state ok",
                        "records ok",
                        "destination:" + folder + " ok",
                        "destination:" + file + " failed");
        assertThat(node.get("checks").get(2).get("fixes").get(0).asString())
                .isEqualTo("sudo install-it");
    }
}
