package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

class FoldersTest {

    @Test
    void lieUnderTheHomeThatTheEnvironmentNames(@TempDir Path home) {
        Folders folders = Folders.of(Map.of("SLUICE_HOME", home.toString()));
        assertThat(folders)
                .isEqualTo(
                        new Folders(
                                home.resolve("config"),
                                home.resolve("data"),
                                home.resolve("state")));
    }

    @Test
    void areThePlatformsWithoutAHome() {
        Folders folders = Folders.of(Map.of("SLUICE_HOME", " "));
        assertThat(folders.config().isAbsolute()).isTrue();
        assertThat(folders.data()).isNotEqualTo(folders.config());
        assertThat(folders.state()).isNotEqualTo(folders.data());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
    void belongToTheirOwnerAlone(@TempDir Path home) throws Exception {
        Folders folders = Folders.under(home.resolve("deep/below"));
        folders.create();
        for (Path folder : new Path[] {folders.config(), folders.data(), folders.state()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
        folders.create();
    }

    @Test
    void cannotBeMadeWhereAFileIs(@TempDir Path home) throws Exception {
        Files.createFile(home.resolve("config"));
        assertThatThrownBy(() -> Folders.under(home).create())
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining("config");
    }
}
