package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The doctor as a process, on the machine that runs the tests, whatever that has. */
class DoctorProcessTest {

    @TempDir private Path home;

    @Test
    void examinesTheMachineItRunsOn() throws Exception {
        Path backups = Files.createDirectory(home.resolve("backups"));
        try (ForkedSluice doctor =
                ForkedSluice.start(home, List.of("doctor", "--json", "--to", backups.toString()))) {
            int code = doctor.await();
            String output = String.join("\n", doctor.lines());
            JsonNode node = new JsonMapper().readTree(output);

            // what SQL Server needs may be missing here, or may be there and not be fit
            assertThat(code).as(output).isEqualTo(node.get("healthy").asBoolean() ? 0 : 1);
            assertThat(state(node, "self-test")).as(output).isEqualTo("ok");
            assertThat(state(node, "versions")).isEqualTo("ok");
            assertThat(state(node, "folder.state")).isEqualTo("ok");
            assertThat(state(node, "destination:" + backups)).isEqualTo("ok");
            assertThat(state(node, "library")).isNotEmpty();
        }
        assertThat(ForkedSluice.files(backups)).isEmpty();
    }

    @Test
    void endsWithOneWhereNoBackupCanGo() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        try (ForkedSluice doctor =
                ForkedSluice.start(home, List.of("doctor", "--to", file.toString()))) {
            assertThat(doctor.await()).as(String.join("\n", doctor.lines())).isEqualTo(1);
            assertThat(doctor.lines())
                    .anyMatch(line -> line.contains("failed   Destination " + file))
                    .anyMatch(line -> line.contains("ok       Self-test"));
        }
    }

    @Test
    void worksWhereSluiceCannotMakeItsFolders() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        try (ForkedSluice doctor = ForkedSluice.start(file, List.of("doctor"))) {
            assertThat(doctor.await()).as(String.join("\n", doctor.lines())).isEqualTo(1);
            assertThat(doctor.lines())
                    .anyMatch(line -> line.contains("failed   Folder of profiles: "))
                    .anyMatch(line -> line.contains("ok       Self-test"));
        }
    }

    private static String state(JsonNode node, String id) {
        return StreamSupport.stream(node.get("checks").spliterator(), false)
                .filter(check -> check.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow()
                .get("state")
                .asString();
    }
}
