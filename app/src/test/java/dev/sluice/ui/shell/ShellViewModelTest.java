package dev.sluice.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Folders;
import dev.sluice.job.Profile;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;
import dev.sluice.ui.SameThread;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.running.JobsViewModel;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

@SuppressWarnings("NullAway.Init") // made before each test
class ShellViewModelTest {

    /** Keeps work until the test wants it done. */
    private static final class Later implements Background {
        private final List<Runnable> waiting = new ArrayList<>();

        @Override
        public <T> void run(
                Callable<T> work, Consumer<? super T> done, Consumer<? super Exception> failed) {
            waiting.add(() -> new SameThread().run(work, done, failed));
        }
    }

    @TempDir private Path home;
    private final Texts texts = Texts.load();
    private final Later background = new Later();
    private final Notices notices = new Notices();
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
        assertThat(background.waiting).hasSize(1);
        assertThat(notice()).isEqualTo(texts.get("shell.busy"));
    }

    @Test
    void afterAJobThatCouldNotBeMadeTheNextMay() {
        shell.backUp(request());
        background.waiting.removeFirst().run();
        assertThat(notice()).contains("there is no server \"embedded\"");
        shell.backUp(request());
        assertThat(background.waiting).hasSize(1);
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
