package dev.sluice.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.common.FolderCheck.Finding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class FolderCheckTest {

    @TempDir private Path folder;

    @Test
    void tellsWhetherAFolderCanBeUsed() {
        assertThat(FolderCheck.look(folder.toString())).isEqualTo(Finding.GOOD);
        assertThat(FolderCheck.look(folder.resolve("a/b").toString()))
                .isEqualTo(Finding.WILL_BE_MADE);
    }

    @Test
    void aFileInTheWayIsFound() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(FolderCheck.look(file.toString())).isEqualTo(Finding.IS_A_FILE);
        assertThat(FolderCheck.look(file.resolve("below").toString())).isEqualTo(Finding.IS_A_FILE);
    }

    @Test
    void whatIsNoWholePathIsRefused() {
        assertThat(FolderCheck.look("  ")).isEqualTo(Finding.MISSING);
        assertThat(FolderCheck.look("backups")).isEqualTo(Finding.RELATIVE);
        assertThat(FolderCheck.look("/a\0b")).isEqualTo(Finding.NO_PATH);
    }
}
