package dev.sluice.ui.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupRequest;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;
import dev.sluice.ui.SameThread;
import dev.sluice.ui.common.Texts;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

@SuppressWarnings("NullAway.Init") // made before each test
class BackupViewModelTest {

    @TempDir private Path folder;
    private BackupViewModel form;

    @BeforeEach
    void chooseADatabase() {
        form = new BackupViewModel(folder, new SameThread(), Texts.load());
        form.database().set(new BackupViewModel.Database("embedded", "Sales"));
    }

    @Test
    void isGoodOnceADatabaseIsChosen() {
        assertThat(form.good().get()).isTrue();
        form.database().set(null);
        assertThat(form.good().get()).isFalse();
        assertThat(form.request()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"65", "0", "-1", "four", ""})
    void refusesDeviceCountsThatNoDeviceSetHas(String devices) {
        form.devices().text().set(devices);
        assertThat(form.devices().error().get()).contains("1 to 64");
        assertThat(form.good().get()).isFalse();
    }

    @Test
    void refusesADestinationThatIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        form.destination().text().set(file.toString());
        assertThat(form.destination().error().get()).contains("file");
        assertThat(form.request()).isEmpty();
    }

    @Test
    void refusesOddLimitsAndCounts() {
        form.limitRate().text().set("fast");
        form.bufferCount().text().set("0");
        assertThat(form.limitRate().error().get()).isNotEmpty();
        assertThat(form.bufferCount().error().get()).isNotEmpty();
        assertThat(form.good().get()).isFalse();
    }

    @Test
    void showsTheStatementThatWillRun() {
        form.type().set(BackupType.DIFFERENTIAL);
        form.devices().text().set("2");
        form.bufferCount().text().set("12");
        assertThat(form.statement().get())
                .startsWith("BACKUP DATABASE [Sales] TO VIRTUAL_DEVICE")
                .contains("DIFFERENTIAL", "CHECKSUM", "BUFFERCOUNT = 12");
        assertThat(form.files().get()).contains("stripe-02.bak", "Sales");
    }

    @Test
    void aRequestFillsTheFormAndComesBackFromIt() {
        BackupRequest request = request(BackupType.DIFFERENTIAL, false);
        form.fill(request);
        assertThat(form.request()).contains(request);
    }

    @Test
    void aDifferentialIsNotCopyOnly() {
        form.fill(request(BackupType.FULL, true));
        form.type().set(BackupType.DIFFERENTIAL);
        assertThat(form.request()).contains(request(BackupType.DIFFERENTIAL, false));
        assertThat(form.statement().get()).doesNotContain("COPY_ONLY");
        form.type().set(BackupType.FULL);
        assertThat(form.request()).contains(request(BackupType.FULL, true));
    }

    private BackupRequest request(BackupType type, boolean copyOnly) {
        return new BackupRequest(
                "embedded",
                "Other",
                type,
                copyOnly,
                false,
                folder,
                7,
                new TransferOptions(4096, 20, 65536),
                3L << 19);
    }
}
