package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupHealth;
import dev.sluice.job.DrainStep;
import dev.sluice.job.Folders;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.job.JobState;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunStory;
import dev.sluice.job.Settings;
import dev.sluice.job.SettingsStore;
import dev.sluice.job.SluiceEngine;
import dev.sluice.job.TestRuns;
import dev.sluice.media.BackupCatalog;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.embedded.DatabaseComparison;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.embedded.SampleDatabase;
import dev.sluice.ui.common.FxThread;
import dev.sluice.ui.restore.RestoreViewModel.Step;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.sets.SetRow;
import dev.sluice.ui.shell.Page;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Presses the real buttons over the real engine. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made before each test
class WindowTest {

    private static final long SAMPLE = 4L << 20;
    private static final long PATIENCE = 30;

    @TempDir private Path home;
    private EmbeddedServer server;
    private SluiceEngine engine;
    private Path backups;
    private Stage stage;
    private Scene scene;
    private SluiceWindow window;
    private WindowParts parts;

    @Start
    void open(Stage shown) throws Exception {
        Folders folders = Folders.under(home);
        backups = home.resolve("backups");
        server = new EmbeddedServer(folders.data(), new EmbeddedVdi());
        engine = new SluiceEngine(folders, List.of(server));
        SampleDatabase.create(server, SampleDatabase.NAME, SAMPLE);
        stage = shown;
        window = SluiceWindow.open(engine, backups, new QuietDesktop(), stage);
        parts = window.parts();
        scene = stage.getScene();
    }

    @BeforeEach
    void waitForTheDatabases(FxRobot robot) throws TimeoutException {
        until(() -> parts.backup().good().get());
        press(robot, "#page-backup");
    }

    @AfterEach
    void end(FxRobot robot) {
        engine.close();
        robot.interact(stage::hide);
        server.close();
    }

    @Test
    void backsUpVerifiesAndRestoresACopy(FxRobot robot) throws Exception {
        type(robot, "#devices-field", "3");
        press(robot, "#show-statement");
        until(() -> parts.backup().statements().statements().size() == 1);
        String preview = anyNames(text(robot, ".statement-text"));
        picture(robot, "window-backup-form");
        press(robot, "#back-up");
        untilState(JobState.COMPLETED);
        picture(robot, "window-backup-completed");
        assertThat(anyNames(job().statement().get()))
                .as("what runs is what was shown before")
                .isEqualTo(preview);
        assertThat(BackupCatalog.find(backups).sets()).hasSize(1);

        press(robot, "#show-set");
        until(() -> parts.sets().selected().get() != null);
        press(robot, "#verify-set");
        until(() -> selectedState() == SetRow.State.VERIFIED);
        picture(robot, "window-set-verified");

        press(robot, "#restore-set");
        turnToTarget(robot);
        assertThat(text(robot, "#restore-target-error")).contains("exists");
        type(robot, "#restore-target", "SampleCopy");
        picture(robot, "window-restore-form");
        confirmRestore(robot);
        untilState(JobState.COMPLETED);
        picture(robot, "window-restore-completed");
        until(() -> parts.home().databases().size() == 2);
        assertThat(sameRows("SampleCopy")).isTrue();
        assertThat(parts.home().databases())
                .extracting(row -> row.info().name())
                .contains("SampleCopy");
        picture(robot, "window-two-jobs");
        press(robot, "#close-job");
        press(robot, "#close-job");
        assertThat(robot.lookup("#job-bar").tryQuery()).isEmpty();
    }

    private static String anyNames(String statement) {
        return statement.replaceAll("N'Sluice-[^']*'", "N'Sluice'");
    }

    @Test
    void restoresToTheMomentOfAnyBackupByKeyboard(FxRobot robot) throws Exception {
        backUp(robot);
        change("CREATE TABLE later_on (n INT PRIMARY KEY) AS SELECT x FROM SYSTEM_RANGE(1, 99)");
        press(robot, "#page-backup");
        press(robot, "#type-differential");
        backUp(robot);
        press(robot, "#page-restore");
        until(() -> parts.restore().source().chain().size() == 2);
        picture(robot, "window-restore-points");

        robot.interact(() -> node(robot, "#restore-line").requestFocus());
        robot.type(KeyCode.HOME);
        until(() -> parts.restore().source().chain().size() == 1);
        robot.type(KeyCode.RIGHT);
        until(() -> parts.restore().source().chain().size() == 2);
        robot.type(KeyCode.ENTER);
        until(() -> parts.restore().step().get() == Step.TARGET);
        robot.interact(() -> ((TextInputControl) node(robot, "#restore-target")).setText("Then"));
        robot.type(KeyCode.ENTER);
        until(() -> !node(robot, "#restore-start").isDisabled());
        picture(robot, "window-restore-review");
        assertThat(List.of(parts.restore().statements().get().split("\n\n")))
                .hasSize(2)
                .first()
                .asString()
                .contains("RESTORE DATABASE [Then]", "NORECOVERY");
        FxThread.later(() -> robot.lookup("#restore-start").queryButton().fire());
        until(() -> robot.lookup("#prompt-yes").tryQuery().isPresent());
        picture(robot, "window-restore-question");
        press(robot, "#prompt-yes");
        until(() -> parts.shell().page().get() == Page.JOB);
        untilState(JobState.COMPLETED);
        assertThat(sameRows("Then")).isTrue();
    }

    private void backUp(FxRobot robot) throws TimeoutException {
        int before = parts.jobs().jobs().size();
        press(robot, "#back-up");
        until(() -> parts.jobs().jobs().size() > before);
        untilState(JobState.COMPLETED);
    }

    private void change(String statement) throws Exception {
        try (Connection connection = server.openConnection(SampleDatabase.NAME);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void aRestoreThatWouldBeRefusedSaysSoBesideWhatIsWrong(FxRobot robot) throws Exception {
        backUp(robot);
        press(robot, "#page-restore");
        until(() -> parts.restore().mayGoOn().get());
        type(robot, "#restore-moment", "2001-01-01 00:00");
        assertThat(text(robot, "#restore-moment-error")).contains("nearest");
        assertThat(node(robot, "#restore-next").isDisabled()).isTrue();
        picture(robot, "window-restore-wrong-moment");
        press(robot, "#restore-newest");
        turnToTarget(robot);
        press(robot, "#restore-replace");
        until(() -> parts.restore().mayGoOn().get());
        type(robot, "#restore-target", " ");
        assertThat(text(robot, "#restore-target-error")).contains("needs a name");
        assertThat(node(robot, "#restore-next").isDisabled()).isTrue();
    }

    @Test
    void settingsCountAtOnceAndAtTheNextStart(FxRobot robot) throws Exception {
        press(robot, "#page-settings");
        robot.interact(
                () -> {
                    parts.settings().theme().set(Settings.Theme.DARK);
                    parts.settings().textPercent().set(150);
                });
        assertThat(scene.getStylesheets().getFirst()).endsWith("tokens-dark.css");
        double size = ((Labeled) node(robot, "#about-versions")).getFont().getSize();
        assertThat(size).isGreaterThan(19);
        picture(robot, "window-settings-150");
        type(robot, "#setting-devices", "6");
        Settings chosen = parts.settings().current().get();
        until(() -> SettingsStore.of(engine.folders()).load().equals(chosen));
        robot.interact(
                () -> {
                    Stage next = new Stage();
                    WindowParts reopened =
                            SluiceWindow.open(engine, backups, new QuietDesktop(), next).parts();
                    assertThat(next.getScene().getStylesheets().getFirst())
                            .endsWith("tokens-dark.css");
                    assertThat(reopened.backup().devices().text().get()).isEqualTo("6");
                    next.hide();
                });
    }

    @Test
    void theDoctorExaminesInTheBackground(FxRobot robot) throws Exception {
        press(robot, "#page-doctor");
        until(() -> !node(robot, "#examine-again").isDisabled());
        assertThat(node(robot, "#check-self-test").getStyleClass()).contains("check-is-ok");
        press(robot, "#examine-again");
        until(() -> !node(robot, "#examine-again").isDisabled());
        assertThat(robot.lookup(".check").queryAll()).hasSizeGreaterThan(5);
    }

    @Test
    void aRunOfTheHistoryLeadsToItsRestore(FxRobot robot) throws Exception {
        press(robot, "#back-up");
        untilState(JobState.COMPLETED);
        press(robot, "#page-history");
        until(() -> parts.history().rows().size() == 1);
        assertThat(node(robot, "#restore-run").isDisabled()).isTrue();
        robot.interact(() -> parts.history().selected().set(parts.history().rows().getFirst()));
        until(() -> !parts.history().story().get().events().isEmpty());
        assertThat(parts.history().story().get().devices()).isNotEmpty();
        picture(robot, "window-history");
        press(robot, "#verify-run");
        until(() -> selectedState() == SetRow.State.VERIFIED);
        assertThat(node(robot, "#sets-page").isVisible()).isTrue();
        press(robot, "#page-history");
        press(robot, "#restore-run");
        turnToTarget(robot);
        assertThat(node(robot, "#restore-target").isVisible()).isTrue();
    }

    private boolean sameRows(String copy) throws Exception {
        try (Connection left = server.openConnection(SampleDatabase.NAME);
                Connection right = server.openConnection(copy)) {
            return DatabaseComparison.compare(left, right).isEqual();
        }
    }

    @Test
    void homeTellsWhatIsNotBackedUpAndLeadsToBackupAndRestore(FxRobot robot) throws Exception {
        press(robot, "#page-home");
        assertThat(parts.home().count(BackupHealth.State.NEVER).get()).isEqualTo(1);
        assertThat(node(robot, "#home-restore").isDisabled()).isTrue();
        press(robot, "#home-back-up");
        assertThat(node(robot, "#backup-page").isVisible()).isTrue();
        press(robot, "#back-up");
        untilState(JobState.COMPLETED);
        press(robot, "#page-home");
        until(() -> parts.home().count(BackupHealth.State.GOOD).get() == 1);
        until(() -> !node(robot, "#home-restore").isDisabled());
        picture(robot, "window-home");
        press(robot, "#home-restore");
        turnToTarget(robot);
        assertThat(((TextInputControl) node(robot, "#restore-target")).getText())
                .isEqualTo(SampleDatabase.NAME);

        for (Page page : List.of(Page.BACKUP, Page.RESTORE)) {
            press(robot, "#page-home");
            press(robot, ".home-name");
            robot.type(page == Page.BACKUP ? KeyCode.B : KeyCode.R);
            until(() -> parts.shell().page().get() == page);
        }
        press(robot, "#page-home");
        press(robot, ".home-name");
        robot.type(KeyCode.ENTER);
        until(() -> parts.shell().page().get() == Page.RESTORE);
    }

    @Test
    void withoutAnyDatabaseHomeOffersASample(FxRobot robot) throws Exception {
        try (SqlSession session = server.connect()) {
            session.execute("DROP DATABASE " + SampleDatabase.NAME, message -> {});
        }
        press(robot, "#page-home");
        robot.interact(parts.home()::refresh);
        until(() -> parts.home().empty().get());
        picture(robot, "window-home-empty");
        press(robot, "#make-sample");
        until(() -> parts.home().databases().size() == 1);
        assertThat(node(robot, "#home-empty").isVisible()).isFalse();
    }

    @Test
    void findsDamageAndRemovesRemains(FxRobot robot) throws Exception {
        press(robot, "#back-up");
        untilState(JobState.COMPLETED);
        Path stripe = BackupCatalog.find(backups).sets().getFirst().stripePath(1);
        flipOneBit(stripe);
        Path remains = stripe.resolve("../../20200101-000000-full").normalize();
        Files.createDirectories(remains);
        Files.writeString(remains.resolve("stripe-01.bak.partial"), "half a backup");
        press(robot, "#show-set");
        until(() -> parts.sets().selected().get() != null);
        press(robot, "#verify-set");
        until(() -> selectedState() == SetRow.State.DAMAGED);
        picture(robot, "window-set-damaged");
        assertThat(text(robot, "#verdict")).contains("stripe-02");
        robot.interact(() -> parts.sets().select(remains));
        picture(robot, "window-set-remains");
        assertThat(node(robot, "#restore-set").isDisabled()).isTrue();
        press(robot, "#remove-remains");
        until(() -> parts.sets().rows().size() == 1);
        assertThat(remains).doesNotExist();
    }

    @Test
    void warnsBeforeItRemovesWhatIsLeftOfALog(FxRobot robot) throws Exception {
        Path log = backups.resolve("embedded/SluiceSample/20200101-000000-log");
        Files.createDirectories(log);
        Files.writeString(log.resolve("stripe-01.bak.partial"), "half a log");
        robot.interact(() -> parts.sets().folder().text().set(backups.toString()));
        robot.interact(() -> parts.sets().refresh());
        until(() -> !parts.sets().rows().isEmpty());
        robot.interact(() -> parts.shell().page().set(Page.SETS));
        robot.interact(() -> parts.sets().select(log));
        assertThat(selectedState()).isEqualTo(SetRow.State.LOG_REMAINS);
        picture(robot, "window-set-log-remains");
        later(robot, "#remove-remains");
        press(robot, "#prompt-no");
        assertThat(log).exists();
        later(robot, "#remove-remains");
        press(robot, "#prompt-yes");
        until(() -> parts.sets().rows().isEmpty());
        assertThat(log).doesNotExist();
    }

    private static void flipOneBit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
    }

    @Test
    void cancelInMidStreamDrainsAndLeavesNothing(FxRobot robot) throws Exception {
        startSlowBackup(robot, "4", "0.1");
        picture(robot, "window-streaming");
        press(robot, "#cancel-job");
        untilState(JobState.CANCELLED);
        picture(robot, "window-cancelled");
        assertThat(job().drain())
                .hasSize(DrainStep.Phase.values().length)
                .allMatch(step -> step.status() == DrainStep.Status.DONE);
        assertThat(text(robot, "#result")).isNotBlank();
        BackupCatalog left = BackupCatalog.find(backups);
        assertThat(left.sets()).isEmpty();
        assertThat(left.remains()).isEmpty();
        assertThat(engine.history().list())
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.CANCELLED);
    }

    @Test
    void savesAProfileAndRunsIt(FxRobot robot) throws Exception {
        type(robot, "#devices-field", "2");
        later(robot, "#save-profile");
        type(robot, "#profile-name", "nightly");
        picture(robot, "window-profile-name");
        press(robot, "#prompt-yes");
        until(() -> parts.sidebar().rows().size() == 1);
        until(() -> robot.lookup("#run-profile").tryQuery().isPresent());
        picture(robot, "window-profile-saved");
        press(robot, "#run-profile");
        untilState(JobState.COMPLETED);
        assertThat(engine.history().list())
                .extracting(RunRecord::trigger)
                .containsExactly("window, profile nightly");
        press(robot, "#more-of-profile");
        later(robot, "#profile-delete");
        press(robot, "#prompt-yes");
        until(() -> parts.sidebar().rows().isEmpty());
    }

    @Test
    void badInputIsToldInTheForm(FxRobot robot) throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        type(robot, "#devices-field", "65");
        assertThat(((TitledPane) node(robot, "#more-options")).isExpanded()).isFalse();
        limitRate(robot, "fast");
        assertThat(((TitledPane) node(robot, "#more-options")).isExpanded())
                .as("an error does not hide")
                .isTrue();
        type(robot, "#destination", file.resolve("below").toString());
        until(() -> !text(robot, "#destination-error").isEmpty());
        picture(robot, "window-bad-input");
        assertThat(text(robot, "#devices-error")).contains("1 to 64");
        assertThat(text(robot, "#limit-rate-error")).contains("MiB");
        assertThat(node(robot, "#back-up").isDisabled()).isTrue();
        assertThat(node(robot, "#save-profile").isDisabled()).isTrue();
        type(robot, "#devices-field", "1");
        limitRate(robot, "");
        type(robot, "#destination", backups.toString());
        until(() -> !node(robot, "#back-up").isDisabled());
    }

    @Test
    void aDatabaseThatWentAwayEndsTheJobWithTheServersWords(FxRobot robot) throws Exception {
        robot.interact(() -> parts.backup().databases().choose("embedded", List.of("Gone")));
        press(robot, "#back-up");
        untilState(JobState.FAILED);
        picture(robot, "window-failed");
        assertThat(text(robot, "#result")).contains("Gone");
    }

    @Test
    void closingWhileAJobRunsCancelsWaitsAndCloses(FxRobot robot) throws Exception {
        startSlowBackup(robot, "2", "0.1");
        askToClose(robot);
        picture(robot, "window-close-question");
        press(robot, "#prompt-no");
        assertThat(job().running().get()).isTrue();
        askToClose(robot);
        press(robot, "#prompt-yes");
        until(() -> !stage.isShowing());
        assertThat(job().state().get()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void whatADeadRunLeftIsFoundAtTheNextStart(FxRobot robot) throws Exception {
        Path set = backups.resolve("embedded/SluiceSample/20200101-000000-full");
        Files.createDirectories(set);
        Files.writeString(set.resolve("stripe-01.bak.partial"), "half a backup");
        TestRuns.keep(
                engine.history(),
                TestRuns.backup(
                        "20200101",
                        "SluiceSample",
                        RunRecord.Outcome.INTERRUPTED,
                        Instant.now(),
                        set),
                RunStory.NONE);
        robot.interact(stage::hide);
        robot.interact(
                () -> {
                    window = SluiceWindow.open(engine, backups, new QuietDesktop(), stage);
                    parts = window.parts();
                    scene = stage.getScene();
                });
        until(() -> parts.notices().current().get() != null);
        assertThat(text(robot, "#notice-text")).contains("SluiceSample", "nfinished");
        picture(robot, "window-leftovers");
        press(robot, "#notice-action");
        until(() -> parts.sets().selected().get() != null);
        assertThat(selectedState()).isEqualTo(SetRow.State.REMAINS);
        assertThat(node(robot, "#remove-remains").isVisible()).isTrue();
    }

    @Test
    void aJobCanGoOnWithoutTheWindow(FxRobot robot) throws Exception {
        startSlowBackup(robot, "2", "1");
        JobViewModel running = job();
        askToClose(robot);
        press(robot, "#prompt-go-on");
        until(() -> !stage.isShowing());
        assertThat(running.state().get()).isEqualTo(JobState.STREAMING);
        window.awaitEnd();
        assertThat(engine.history().list())
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.COMPLETED);
    }

    @Test
    void theWindowComesBackToItsPlace(FxRobot robot) throws Exception {
        robot.interact(
                () -> {
                    stage.setX(30);
                    stage.setY(20);
                    stage.setWidth(1100);
                    stage.setHeight(720);
                });
        robot.interact(stage::hide);
        window.awaitEnd();
        robot.interact(
                () -> {
                    Stage next = new Stage();
                    SluiceWindow.open(engine, backups, new QuietDesktop(), next);
                    assertThat(next.getX()).isEqualTo(30);
                    assertThat(next.getY()).isEqualTo(20);
                    assertThat(next.getWidth()).isEqualTo(1100);
                    assertThat(next.getHeight()).isEqualTo(720);
                    next.hide();
                });
    }

    @Test
    void aDefectOfTheWindowIsToldAndTheJobGoesOn(FxRobot robot) throws Exception {
        startSlowBackup(robot, "2", "1");
        FxThread.later(
                () -> {
                    throw new AssertionError("a defect made by the test");
                });
        until(() -> robot.lookup("#copy-crash").tryQuery().isPresent());
        picture(robot, "window-crash");
        press(robot, "#copy-crash");
        robot.interact(
                () ->
                        assertThat(Clipboard.getSystemClipboard().getString())
                                .startsWith("SW-")
                                .contains("a defect made by the test"));
        press(robot, "#dismiss-crash");
        untilState(JobState.COMPLETED);
    }

    @Test
    void aRestoreAsksBeforeItIsCancelled(FxRobot robot) throws Exception {
        press(robot, "#back-up");
        untilState(JobState.COMPLETED);
        press(robot, "#show-set");
        until(() -> parts.sets().selected().get() != null);
        press(robot, "#restore-set");
        turnToTarget(robot);
        type(robot, "#restore-target", "SampleCopy");
        robot.interact(() -> parts.restore().target().limitRate().text().set("0.1"));
        confirmRestore(robot);
        until(() -> job().state().get() == JobState.STREAMING);
        later(robot, "#cancel-job");
        picture(robot, "window-cancel-restore-question");
        press(robot, "#prompt-no");
        assertThat(job().state().get()).isEqualTo(JobState.STREAMING);
        later(robot, "#cancel-job");
        press(robot, "#prompt-yes");
        untilState(JobState.CANCELLED);
        picture(robot, "window-restore-cancelled");
        assertThat(databases())
                .filteredOn(info -> info.state() == DatabaseInfo.State.ONLINE)
                .extracting(DatabaseInfo::name)
                .containsExactly(SampleDatabase.NAME);
    }

    private List<DatabaseInfo> databases() throws Exception {
        try (SqlSession session = server.connect()) {
            return session.databases();
        }
    }

    @Test
    void theThemeSwitchesAndTheKeysLeadToThePages(FxRobot robot) throws Exception {
        press(robot, "#theme");
        assertThat(scene.getStylesheets().getFirst()).endsWith("tokens-dark.css");
        picture(robot, "window-dark");
        press(robot, "#page-sets");
        assertThat(node(robot, "#sets-page").isVisible()).isTrue();
        assertThat(node(robot, "#backup-page").isVisible()).isFalse();
        press(robot, "#theme");
        assertThat(scene.getStylesheets().getFirst()).endsWith("tokens-light.css");
    }

    /** Waits until the sets are found, and goes on from them. */
    private void turnToTarget(FxRobot robot) throws TimeoutException {
        until(() -> parts.shell().page().get() == Page.RESTORE);
        until(() -> parts.restore().mayGoOn().get());
        press(robot, "#restore-next");
        until(() -> !parts.restore().look().running().get());
    }

    /** Goes on from the target, waits for the statements, restores, and says yes. */
    private void confirmRestore(FxRobot robot) throws TimeoutException {
        press(robot, "#restore-next");
        until(() -> !node(robot, "#restore-start").isDisabled());
        later(robot, "#restore-start");
        press(robot, "#prompt-yes");
    }

    private void startSlowBackup(FxRobot robot, String devices, String rate) throws Exception {
        type(robot, "#devices-field", devices);
        limitRate(robot, rate);
        press(robot, "#back-up");
        until(
                () ->
                        job().state().get() == JobState.STREAMING
                                && job().progress().fraction().get() > 0
                                && job().devices().stream()
                                        .anyMatch(
                                                row -> row.state().get() == DeviceState.THROTTLED));
    }

    private void limitRate(FxRobot robot, String rate) {
        robot.interact(() -> parts.backup().options().limitRate().text().set(rate));
    }

    private void askToClose(FxRobot robot) throws TimeoutException {
        FxThread.later(
                () -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        until(() -> robot.lookup("#prompt-yes").tryQuery().isPresent());
    }

    private JobViewModel job() {
        return Objects.requireNonNull(parts.jobs().selected().get());
    }

    private SetRow.State selectedState() {
        SetRow row = parts.sets().selected().get();
        return row == null ? SetRow.State.REMAINS : row.state();
    }

    private void untilState(JobState state) throws TimeoutException {
        until(() -> job().state().get() == state && !job().running().get());
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                PATIENCE, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static Node node(FxRobot robot, String query) {
        return robot.lookup(query).query();
    }

    private static String text(FxRobot robot, String query) {
        return ((Labeled) node(robot, query)).getText();
    }

    private static void press(FxRobot robot, String query) {
        robot.clickOn(query);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Presses what opens a question, and waits until it is there. */
    private static void later(FxRobot robot, String query) throws TimeoutException {
        robot.clickOn(query);
        until(() -> robot.lookup("#prompt-yes").tryQuery().isPresent());
    }

    private static void type(FxRobot robot, String query, String text) {
        TextInputControl field = robot.lookup(query).query();
        robot.clickOn(field);
        robot.interact(() -> field.setText(text));
    }

    private void picture(FxRobot robot, String name) {
        robot.interact(
                () -> {
                    List<Window> windows = Window.getWindows();
                    Screenshots.take(windows.getLast().getScene(), name);
                });
    }
}
