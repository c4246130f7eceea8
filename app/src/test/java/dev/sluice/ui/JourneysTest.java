package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupHealth;
import dev.sluice.job.BackupRequest;
import dev.sluice.job.BufferUse;
import dev.sluice.job.DrainStep;
import dev.sluice.job.FaultyFileSystem;
import dev.sluice.job.Folders;
import dev.sluice.job.Job;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobState;
import dev.sluice.job.RunRecord;
import dev.sluice.job.SluiceEngine;
import dev.sluice.launcher.ForkedSluice;
import dev.sluice.media.BackupCatalog;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.embedded.SampleDatabase;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.sets.SetRow;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import javafx.scene.control.Labeled;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/** Ways through the window that begin with nothing at all. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made before each test
class JourneysTest {

    private static final Locale BEFORE = Locale.getDefault();

    @TempDir private Path home;
    private EmbeddedServer server;
    private SluiceEngine engine;
    private Path backups;
    private Stage stage;
    private WindowParts parts;
    private Hands hands;

    @Start
    void open(Stage shown) throws Exception {
        backups = home.resolve("backups");
        stage = shown;
        openEngine();
        openWindow();
    }

    private void openEngine() throws Exception {
        Folders folders = Folders.under(home);
        server = new EmbeddedServer(folders.data(), new EmbeddedVdi());
        engine = new SluiceEngine(folders, List.of(server));
    }

    private void openWindow() {
        parts = SluiceWindow.open(engine, backups, new QuietDesktop(), stage).parts();
    }

    @BeforeEach
    void sitDown(FxRobot robot) {
        hands = new Hands(robot);
    }

    @AfterEach
    void close(FxRobot robot) {
        engine.close();
        robot.interact(stage::hide);
        server.close();
        Locale.setDefault(BEFORE);
    }

    @Test
    void aFirstStartLeadsFromNothingToAGoodBackup() throws Exception {
        hands.untilShown("#home-empty");
        hands.press("#make-sample");
        hands.until(() -> parts.home().count(BackupHealth.State.NEVER).get() == 1);
        hands.press("#home-back-up");
        hands.until(() -> !hands.node("#back-up").isDisabled());
        hands.press("#back-up");
        untilState(JobState.COMPLETED);
        hands.press("#page-home");
        hands.until(() -> parts.home().count(BackupHealth.State.GOOD).get() == 1);
        assertThat(BackupCatalog.find(backups).sets()).hasSize(1);
    }

    @Test
    void aStuckWriteIsNamedWaitedForAndInterruptedByAButton(FxRobot robot) throws Exception {
        SampleDatabase.create(server, SampleDatabase.NAME, 4L << 20);
        FaultyFileSystem files = new FaultyFileSystem(FileSystems.getDefault());
        files.onWrite(
                (file, channel) -> {
                    if (file.toString().contains("stripe-")) {
                        channel.hang();
                    }
                });
        BackupRequest request =
                new BackupRequest(
                        server.name(),
                        SampleDatabase.NAME,
                        BackupType.FULL,
                        false,
                        true,
                        files.wrap(backups),
                        2,
                        TransferOptions.DEFAULT,
                        0);
        Job job = engine.backup(request, "a test");
        job.start();
        robot.interact(() -> parts.shell().show(parts.jobs().add(job)));
        hands.until(
                () ->
                        job().state().get() == JobState.STREAMING
                                && job().devices().size() == 2
                                && job.snapshot().devices().stream()
                                        .allMatch(device -> device.inHand() > 0)
                                && job().buffers().get().contains(BufferUse.WRITING));
        assertThat(job().uses().get()).doesNotContain(BufferUse.RETURNED);
        hands.press("#cancel-job");
        hands.untilShown("#interrupt-0");
        hands.untilShown("#interrupt-1");
        assertThat(job().buffers().get()).doesNotContain(BufferUse.RETURNED);
        hands.press("#interrupt-0");
        hands.until(() -> job().buffers().get().contains(BufferUse.RETURNED));
        int back = Collections.frequency(job().buffers().get(), BufferUse.RETURNED);
        assertThat(hands.node("#buffer-map").getAccessibleText()).contains("returned " + back);
        assertThat(job().drain())
                .extracting(DrainStep::detail)
                .anyMatch(detail -> detail.startsWith(back + " of "));
        assertThat(((Labeled) hands.node("#stuck-1").lookup(".label")).getText())
                .contains("stripe-02", "still outstanding");
        hands.picture("journey-stuck-writer");
        assertThat(job().state().get()).as("never skipped").isEqualTo(JobState.CANCELLING);
        assertThat(job.snapshot().outstanding()).isPositive();
        hands.press("#interrupt-1");
        untilState(JobState.CANCELLED);
        assertThat(job.snapshot().outstanding()).isZero();
        BackupCatalog left = BackupCatalog.find(backups);
        assertThat(left.sets()).isEmpty();
        assertThat(left.remains()).isEmpty();
        assertThat(engine.history().list())
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.CANCELLED);
    }

    @Test
    void theThemeCountsAtOnceAndTheLanguageFromTheNextStart(FxRobot robot) throws Exception {
        hands.press("#page-settings");
        hands.choose("#setting-theme", 2);
        assertThat(stage.getScene().getStylesheets().getFirst()).endsWith("tokens-dark.css");
        hands.choose("#setting-language", 1 + Texts.languages().indexOf("de"));
        assertThat(parts.settings().language().get()).isEqualTo("de");
        hands.press("#page-home");
        assertThat(hands.text("#page-home")).isEqualTo(Texts.load("en").get("page.HOME"));

        robot.interact(stage::hide);
        robot.interact(this::openWindow);
        assertThat(hands.text("#page-home")).isEqualTo(Texts.load("de").get("page.HOME"));
        assertThat(stage.getScene().getStylesheets().getFirst()).endsWith("tokens-dark.css");
        hands.press("#page-settings");
        hands.picture("journey-german");
    }

    @Test
    void whatAKilledProcessLeftIsToldAtTheNextStartAndRemovedByAButton(FxRobot robot)
            throws Exception {
        close(robot);
        killABackup();
        openEngine();
        robot.interact(this::openWindow);

        hands.until(() -> parts.notices().current().get() != null);
        assertThat(hands.text("#notice-text")).contains(SampleDatabase.NAME, "nfinished");
        hands.until(() -> parts.home().count(BackupHealth.State.FAILED).get() == 1);
        hands.picture("journey-killed-notice");

        hands.press("#page-history");
        hands.until(() -> parts.history().rows().size() == 1);
        RunRecord run = parts.history().rows().getFirst();
        assertThat(run.outcome()).isEqualTo(RunRecord.Outcome.INTERRUPTED);
        robot.interact(() -> parts.history().selected().set(run));
        hands.until(() -> !parts.history().story().get().events().isEmpty());
        assertThat(parts.history().story().get().events())
                .extracting(JobEvent::text)
                .anyMatch(text -> text.startsWith("BACKUP DATABASE [SluiceSample]"))
                .anyMatch(text -> text.contains("CONNECTING → STREAMING"));
        hands.picture("journey-killed-story");

        hands.press("#notice-action");
        hands.until(() -> parts.sets().selected().get() != null);
        assertThat(parts.sets().selected().get())
                .extracting(SetRow::state)
                .isEqualTo(SetRow.State.REMAINS);
        hands.press("#remove-remains");
        hands.until(() -> parts.sets().rows().isEmpty());
        assertThat(ForkedSluice.files(backups)).isEmpty();
    }

    private void killABackup() throws Exception {
        List<String> backup =
                List.of(
                        "backup",
                        "--database",
                        SampleDatabase.NAME,
                        "--to",
                        backups.toString(),
                        "--limit-rate",
                        "1M");
        try (ForkedSluice sluice = ForkedSluice.start(home, backup)) {
            assertThat(sluice.awaitWhileAlive(this::isUnderWay)).isTrue();
            sluice.kill();
        }
    }

    private boolean isUnderWay() {
        return ForkedSluice.files(backups).stream().anyMatch(file -> file.toFile().length() > 0);
    }

    private JobViewModel job() {
        return Objects.requireNonNull(parts.jobs().selected().get());
    }

    private void untilState(JobState state) throws TimeoutException {
        hands.until(
                () ->
                        parts.jobs().selected().get() != null
                                && job().state().get() == state
                                && !job().running().get());
    }
}
