package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

final class BackupSetTest {

    @TempDir Path folder;

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> BackupSet.open(folder.resolve("none")))
                .isInstanceOf(NotABackupSetException.class)
                .hasMessageContaining("there is no folder");
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "x");

        assertThatThrownBy(() -> BackupSet.open(file))
                .isInstanceOf(NotABackupSetException.class)
                .hasMessageContaining("is a file");
    }

    @Test
    void refusesAForeignFolder() throws IOException {
        Files.writeString(folder.resolve("photo.jpg"), "x");

        assertThatThrownBy(() -> BackupSet.open(folder))
                .isInstanceOf(NotABackupSetException.class)
                .hasMessageContaining("not a backup set");
    }

    @Test
    void saysThatABackupNeverFinished() throws IOException {
        BackupSet set = TestSets.write(folder, new byte[10]);
        Files.delete(set.directory().resolve("manifest.json"));

        assertThatThrownBy(() -> BackupSet.open(set.directory()))
                .isInstanceOf(NotABackupSetException.class)
                .hasMessageContaining("never finished");
    }

    @Test
    void namesAMissingStripe() throws IOException {
        BackupSet set = TestSets.write(folder, new byte[10], new byte[10]);
        Files.delete(set.stripePath(1));

        assertThatThrownBy(() -> BackupSet.open(set.directory()))
                .isInstanceOf(StripeException.class)
                .hasMessageContaining("stripe-02.bak is missing")
                .hasMessageContaining("all 2 stripes");
    }

    @Test
    void namesATruncatedStripeWithBothSizes() throws IOException {
        BackupSet set = TestSets.write(folder, new byte[1000]);
        try (FileChannel channel = FileChannel.open(set.stripePath(0), StandardOpenOption.WRITE)) {
            channel.truncate(999);
        }

        assertThatThrownBy(() -> BackupSet.open(set.directory()))
                .isInstanceOf(StripeException.class)
                .hasMessageContaining("truncated")
                .hasMessageContaining("999")
                .hasMessageContaining("1000");
    }

    @Test
    void namesAStripeThatIsTooLong() throws IOException {
        BackupSet set = TestSets.write(folder, new byte[1000]);
        Files.write(set.stripePath(0), new byte[1], StandardOpenOption.APPEND);

        assertThatThrownBy(() -> BackupSet.open(set.directory()))
                .isInstanceOf(StripeException.class)
                .hasMessageContaining("too long");
    }
}
