package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class SettingsStoreTest {

    private static final Settings OTHER =
            new Settings(Settings.Theme.DARK, "de", Path.of("/backups"), 8, 168, 365, 125, true);

    private final Folders folders;
    private final SettingsStore store;

    SettingsStoreTest(@TempDir Path home) {
        this.folders = Folders.under(home);
        this.store = SettingsStore.of(folders);
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folders.config())) {
            List<Path> found = files.toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    @Test
    void areTheDefaultsAtFirst() throws Exception {
        assertThat(store.load()).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void areGivenBackAsTheyWereSaved() throws Exception {
        store.save(OTHER);
        assertThat(SettingsStore.of(folders).load()).isEqualTo(OTHER);
        store.save(Settings.DEFAULT);
        assertThat(store.load()).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void aFieldOfANewerVersionStays() throws Exception {
        store.save(OTHER);
        Files.writeString(file(), Files.readString(file()).replaceFirst("\\{", "{\"new\": 7,"));
        store.save(Settings.DEFAULT);
        assertThat(Files.readString(file())).contains("\"new\" : 7");
        assertThat(store.load()).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void aDamagedFileIsToldAndLeftAsItIs() throws Exception {
        store.save(OTHER);
        for (String damage : List.of("{", "{\"schemaVersion\": 1, \"devices\": 65}")) {
            Files.writeString(file(), damage);
            assertThatExceptionOfType(SavedFileException.class)
                    .isThrownBy(store::load)
                    .withMessageContaining(file().toString());
            assertThatExceptionOfType(SavedFileException.class).isThrownBy(() -> store.save(OTHER));
            assertThat(Files.readString(file())).isEqualTo(damage);
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(Settings.Theme.DARK, "", null, 0, 24, 0, 100, true));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Settings(Settings.Theme.DARK, "", null, 1, 24, -1, 100, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(Settings.Theme.DARK, "", null, 1, 24, 0, 300, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(Settings.Theme.DARK, "", null, 1, 0, 0, 100, true));
    }
}
