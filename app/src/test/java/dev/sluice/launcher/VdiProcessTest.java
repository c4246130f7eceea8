package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.jna.NativeVdi;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** The way to a device set that was chosen, in a process. */
class VdiProcessTest {

    @TempDir private Path home;

    @Test
    @EnabledOnOs(OS.LINUX)
    void onLinuxTheEmbeddedServerCannotStandBehindSqlServersLibrary() throws Exception {
        try (ForkedSluice databases =
                ForkedSluice.start(home, List.of("databases", "--vdi", "native"))) {
            assertThat(databases.await()).isEqualTo(1);
            assertThat(String.join("\n", databases.lines()))
                    .contains("sluice databases failed:")
                    .contains("libsqlvdi.so has the client's end")
                    .contains("SQL Server alone can be the server")
                    .contains("Leave out --vdi native");
        }
        assertThat(ForkedSluice.files(home.resolve("data"))).isEmpty();
    }

    @Test
    void whereJnaCannotLoadItselfTheNativeWaySaysSoAndTheOthersNeedItNot() throws Exception {
        List<String> withoutJna = List.of("-Djna.nounpack=true", "-Djna.nosys=true");
        try (ForkedSluice databases =
                ForkedSluice.start(home, withoutJna, List.of("databases", "--vdi", "native"))) {
            assertThat(databases.await()).isEqualTo(1);
            assertThat(String.join("\n", databases.lines()))
                    .contains("sluice databases failed:")
                    .contains("JNA", "sluice doctor", "Leave out --vdi native");
        }
        try (ForkedSluice databases = ForkedSluice.start(home, withoutJna, List.of("databases"))) {
            assertThat(databases.await()).as(String.join("\n", databases.lines())).isZero();
        }
    }

    @Test
    void embeddedIsWhatTheEmbeddedServerUsesAnyway() throws Exception {
        try (ForkedSluice databases =
                ForkedSluice.start(home, List.of("--vdi", "embedded", "databases"))) {
            assertThat(databases.await()).as(String.join("\n", databases.lines())).isZero();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theOptionAloneWithoutADisplayPerformsTheDemoThatWay() throws Exception {
        try (ForkedSluice demo = ForkedSluice.start(home, List.of("--vdi", "native"))) {
            assertThat(demo.await()).isEqualTo(1);
            assertThat(demo.lines().getFirst()).contains("no display", "demo");
            assertThat(String.join("\n", demo.lines())).contains("SQL Server's own library");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theDemoRunsBehindTheVtablesOfSqlServersLibrary() throws Exception {
        try (ForkedSluice demo = ForkedSluice.startBehindComDouble(home)) {
            int code = demo.await();
            String output = String.join("\n", demo.lines());
            assumeFalse(output.contains("need a C++ compiler"), "there is no C++ compiler");
            assertThat(code).as(output).isZero();
            assertThat(demo.lines())
                    .anyMatch(line -> line.contains("Every row is equal"))
                    .contains(
                            "violations []",
                            "server_sets 0",
                            "references 0",
                            "apartments 0",
                            "mappings 0");
        }
    }

    /** Where SQL Server is installed; elsewhere skipped. */
    @Test
    @Tag("windows")
    @EnabledOnOs(OS.WINDOWS)
    void theDemoRunsBehindSqlServersLibrary() throws Exception {
        LibraryReport library = NativeVdi.inspect();
        assumeTrue(library.path().isPresent(), library.finding().toString());
        try (ForkedSluice demo = ForkedSluice.start(home, List.of("demo", "--vdi", "native"))) {
            assertThat(demo.await()).as(String.join("\n", demo.lines())).isZero();
            assertThat(demo.lines()).anyMatch(line -> line.contains("Every row is equal"));
        }
    }
}
