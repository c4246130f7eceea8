package dev.sluice.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Folders;
import dev.sluice.job.Profile;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;
import dev.sluice.ui.Later;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.running.JobsViewModel;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

@SuppressWarnings("NullAway.Init") // made before each test
class ShellViewModelTest {

    @TempDir private Path home;
    private final Texts texts = Texts.load();
    private final Later background = new Later();
    private final Notices notices = new Notices(Texts.load("en"));
    private ShellViewModel shell;

    @BeforeEach
    void open() {
        SluiceEngine engine = new SluiceEngine(Folders.under(home), List.of());
        shell = new ShellViewModel(engine, new JobsViewModel(texts), background, notices, texts);
    }

    @Test
    void aSecondPressWhileTheJobIsBeingMadeStartsNoSecondJob() {
        shell.backUp(request());
        shell.run(new Profile("nightly", request()));
        assertThat(background.waiting()).isEqualTo(1);
        assertThat(notice()).isEqualTo(texts.get("shell.busy"));
    }

    @Test
    void afterAJobThatCouldNotBeMadeTheNextMay() {
        shell.backUp(request());
        background.doNext();
        assertThat(notice()).contains("there is no server \"embedded\"");
        shell.backUp(request());
        assertThat(background.waiting()).isEqualTo(1);
    }

    private String notice() {
        return Objects.requireNonNull(notices.current().get()).text();
    }

    private BackupRequest request() {
        return new BackupRequest(
                "embedded",
                "Sales",
                BackupType.FULL,
                false,
                true,
                home,
                1,
                TransferOptions.DEFAULT,
                0);
    }
}
