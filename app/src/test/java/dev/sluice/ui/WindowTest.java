package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupHealth;
import dev.sluice.job.DrainStep;
import dev.sluice.job.Folders;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.job.JobState;
import dev.sluice.job.RunRecord;
import dev.sluice.job.Settings;
import dev.sluice.job.SettingsStore;
import dev.sluice.job.SluiceEngine;
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

import javafx.scene.AccessibleAttribute;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/** Presses the real buttons over the real engine. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made before each test
class WindowTest {

    private static final long SAMPLE = 4L << 20;

    @TempDir private Path home;
    private EmbeddedServer server;
    private SluiceEngine engine;
    private Path backups;
    private Stage stage;
    private Scene scene;
    private SluiceWindow window;
    private WindowParts parts;
    private Hands hands;

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
        hands = new Hands(robot);
        hands.until(() -> parts.backup().good().get());
        hands.press("#page-backup");
    }

    @AfterEach
    void end(FxRobot robot) {
        engine.close();
        robot.interact(stage::hide);
        server.close();
    }

    @Test
    void backsUpVerifiesAndRestoresACopy(FxRobot robot) throws Exception {
        hands.type("#devices-field", "3");
        assertThat(hands.node("#device-names").isVisible()).isFalse();
        hands.press("#show-statement");
        hands.until(() -> parts.backup().statements().statements().size() == 1);
        String preview = anyNames(hands.text(".statement-text"));
        assertThat(hands.node("#device-names").isVisible()).isTrue();
        hands.picture("window-backup-form");
        hands.press("#back-up");
        untilState(JobState.COMPLETED);
        hands.picture("window-backup-completed");
        assertThat(anyNames(job().statement().get()))
                .as("what runs is what was shown before")
                .isEqualTo(preview);
        assertThat(BackupCatalog.find(backups).sets()).hasSize(1);

        hands.press("#show-set");
        hands.until(() -> parts.sets().selected().get() != null);
        hands.press("#verify-set");
        hands.until(() -> selectedState() == SetRow.State.VERIFIED);
        hands.picture("window-set-verified");

        hands.press("#restore-set");
        turnToTarget();
        assertThat(hands.text("#restore-target-error")).contains("exists");
        hands.type("#restore-target", "SampleCopy");
        hands.picture("window-restore-form");
        confirmRestore();
        untilState(JobState.COMPLETED);
        hands.picture("window-restore-completed");
        hands.until(() -> parts.home().databases().size() == 2);
        assertThat(sameRows("SampleCopy")).isTrue();
        assertThat(parts.home().databases())
                .extracting(row -> row.info().name())
                .contains("SampleCopy");
        hands.picture("window-two-jobs");
        hands.press("#close-ended");
        assertThat(robot.lookup("#job-bar").tryQuery()).isEmpty();
    }

    private static String anyNames(String statement) {
        return statement.replaceAll("N'Sluice-[^']*'", "N'Sluice'");
    }

    @Test
    void restoresToTheMomentOfAnyBackupByKeyboard(FxRobot robot) throws Exception {
        backUp();
        change("CREATE TABLE later_on (n INT PRIMARY KEY) AS SELECT x FROM SYSTEM_RANGE(1, 99)");
        hands.press("#page-backup");
        hands.press("#type-differential");
        backUp();
        hands.press("#page-restore");
        hands.until(() -> parts.restore().source().chain().size() == 2);
        hands.picture("window-restore-points");

        robot.interact(() -> hands.node("#restore-line").requestFocus());
        robot.type(KeyCode.HOME);
        hands.until(() -> parts.restore().source().chain().size() == 1);
        robot.type(KeyCode.RIGHT);
        hands.until(() -> parts.restore().source().chain().size() == 2);
        robot.type(KeyCode.ENTER);
        hands.until(() -> parts.restore().step().get() == Step.TARGET);
        robot.interact(() -> ((TextInputControl) hands.node("#restore-target")).setText("Then"));
        robot.type(KeyCode.ENTER);
        hands.until(() -> !hands.node("#restore-start").isDisabled());
        hands.picture("window-restore-review");
        assertThat(List.of(parts.restore().statements().get().split("\n\n")))
                .hasSize(2)
                .first()
                .asString()
                .contains("RESTORE DATABASE [Then]", "NORECOVERY");
        FxThread.later(() -> robot.lookup("#restore-start").queryButton().fire());
        hands.untilAsked();
        hands.picture("window-restore-question");
        hands.press("#prompt-yes");
        hands.until(() -> parts.shell().page().get() == Page.JOB);
        untilState(JobState.COMPLETED);
        assertThat(sameRows("Then")).isTrue();
    }

    private void backUp() throws TimeoutException {
        int before = parts.jobs().jobs().size();
        hands.press("#back-up");
        hands.until(() -> parts.jobs().jobs().size() > before);
        untilState(JobState.COMPLETED);
    }

    private void change(String statement) throws Exception {
        try (Connection connection = server.openConnection(SampleDatabase.NAME);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void aRestoreThatWouldBeRefusedSaysSoBesideWhatIsWrong() throws Exception {
        backUp();
        hands.press("#page-restore");
        hands.until(() -> parts.restore().mayGoOn().get());
        hands.type("#restore-moment", "2001-01-01 00:00");
        assertThat(hands.text("#restore-moment-error")).contains("nearest");
        assertThat(hands.node("#restore-next").isDisabled()).isTrue();
        hands.picture("window-restore-wrong-moment");
        hands.press("#restore-newest");
        turnToTarget();
        hands.press("#restore-replace");
        hands.until(() -> parts.restore().mayGoOn().get());
        hands.type("#restore-target", " ");
        assertThat(hands.text("#restore-target-error")).contains("needs a name");
        assertThat(hands.node("#restore-next").isDisabled()).isTrue();
    }

    @Test
    void settingsCountAtOnceAndAtTheNextStart(FxRobot robot) throws Exception {
        hands.press("#page-settings");
        robot.interact(
                () -> {
                    parts.settings().theme().set(Settings.Theme.DARK);
                    parts.settings().textPercent().set(150);
                });
        assertThat(scene.getStylesheets().getFirst()).endsWith("tokens-dark.css");
        double size = ((Labeled) hands.node("#about-versions")).getFont().getSize();
        assertThat(size).isGreaterThan(19);
        hands.picture("window-settings-150");
        hands.type("#setting-devices", "6");
        Settings chosen = parts.settings().current().get();
        hands.until(() -> SettingsStore.of(engine.folders()).load().equals(chosen));
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
        hands.press("#page-doctor");
        hands.until(() -> !hands.node("#examine-again").isDisabled());
        assertThat(hands.node("#check-self-test").getStyleClass()).contains("check-is-ok");
        hands.press("#examine-again");
        hands.until(() -> !hands.node("#examine-again").isDisabled());
        assertThat(robot.lookup(".check").queryAll()).hasSizeGreaterThan(5);
    }

    @Test
    void aRunOfTheHistoryLeadsToItsRestore(FxRobot robot) throws Exception {
        hands.press("#back-up");
        untilState(JobState.COMPLETED);
        hands.press("#page-history");
        hands.until(() -> parts.history().rows().size() == 1);
        assertThat(hands.node("#restore-run").isDisabled()).isTrue();
        robot.interact(() -> parts.history().selected().set(parts.history().rows().getFirst()));
        hands.until(() -> !parts.history().story().get().events().isEmpty());
        assertThat(parts.history().story().get().devices()).isNotEmpty();
        assertThat(parts.history().story().get().command())
                .contains("sluice backup", "--database=SluiceSample", "--devices=");
        hands.picture("window-history");
        hands.press("#verify-run");
        hands.until(() -> selectedState() == SetRow.State.VERIFIED);
        assertThat(hands.node("#sets-page").isVisible()).isTrue();
        hands.press("#page-history");
        hands.press("#restore-run");
        turnToTarget();
        assertThat(hands.node("#restore-target").isVisible()).isTrue();
    }

    private boolean sameRows(String copy) throws Exception {
        try (Connection left = server.openConnection(SampleDatabase.NAME);
                Connection right = server.openConnection(copy)) {
            return DatabaseComparison.compare(left, right).isEqual();
        }
    }

    @Test
    void homeTellsWhatIsNotBackedUpAndLeadsToBackupAndRestore(FxRobot robot) throws Exception {
        hands.press("#page-home");
        assertThat(parts.home().count(BackupHealth.State.NEVER).get()).isEqualTo(1);
        assertThat(hands.node("#home-restore").isDisabled()).isTrue();
        hands.press("#home-back-up");
        assertThat(hands.node("#backup-page").isVisible()).isTrue();
        hands.press("#back-up");
        untilState(JobState.COMPLETED);
        hands.press("#page-home");
        hands.until(() -> parts.home().count(BackupHealth.State.GOOD).get() == 1);
        hands.until(() -> !hands.node("#home-restore").isDisabled());
        hands.picture("window-home");
        hands.press("#home-restore");
        turnToTarget();
        assertThat(((TextInputControl) hands.node("#restore-target")).getText())
                .isEqualTo(SampleDatabase.NAME);

        for (Page page : List.of(Page.BACKUP, Page.RESTORE)) {
            hands.press("#page-home");
            hands.press(".home-name");
            robot.type(page == Page.BACKUP ? KeyCode.B : KeyCode.R);
            hands.until(() -> parts.shell().page().get() == page);
        }
        hands.press("#page-home");
        hands.press(".home-name");
        robot.type(KeyCode.ENTER);
        hands.until(() -> parts.shell().page().get() == Page.RESTORE);
    }

    @Test
    void withoutAnyDatabaseHomeOffersASample(FxRobot robot) throws Exception {
        try (SqlSession session = server.connect()) {
            session.execute("DROP DATABASE " + SampleDatabase.NAME, message -> {});
        }
        hands.press("#page-home");
        robot.interact(parts.home()::refresh);
        hands.until(() -> parts.home().empty().get());
        hands.picture("window-home-empty");
        hands.press("#make-sample");
        hands.until(() -> parts.home().databases().size() == 1);
        assertThat(hands.node("#home-empty").isVisible()).isFalse();
    }

    @Test
    void findsDamageAndRemovesRemains(FxRobot robot) throws Exception {
        hands.press("#back-up");
        untilState(JobState.COMPLETED);
        Path stripe = BackupCatalog.find(backups).sets().getFirst().stripePath(1);
        flipOneBit(stripe);
        Path remains = stripe.resolve("../../20200101-000000-full").normalize();
        Files.createDirectories(remains);
        Files.writeString(remains.resolve("stripe-01.bak.partial"), "half a backup");
        hands.press("#show-set");
        hands.until(() -> parts.sets().selected().get() != null);
        hands.press("#verify-set");
        hands.until(() -> selectedState() == SetRow.State.DAMAGED);
        hands.picture("window-set-damaged");
        assertThat(hands.text("#verdict")).contains("stripe-02");
        robot.interact(() -> parts.sets().select(remains));
        hands.picture("window-set-remains");
        assertThat(hands.node("#restore-set").isDisabled()).isTrue();
        hands.press("#remove-remains");
        hands.until(() -> parts.sets().rows().size() == 1);
        assertThat(remains).doesNotExist();
    }

    @Test
    void warnsBeforeItRemovesWhatIsLeftOfALog(FxRobot robot) throws Exception {
        Path log = backups.resolve("embedded/SluiceSample/20200101-000000-log");
        Files.createDirectories(log);
        Files.writeString(log.resolve("stripe-01.bak.partial"), "half a log");
        robot.interact(() -> parts.sets().folder().text().set(backups.toString()));
        robot.interact(() -> parts.sets().refresh());
        hands.until(() -> !parts.sets().rows().isEmpty());
        robot.interact(() -> parts.shell().page().set(Page.SETS));
        robot.interact(() -> parts.sets().select(log));
        assertThat(selectedState()).isEqualTo(SetRow.State.LOG_REMAINS);
        hands.picture("window-set-log-remains");
        hands.press("#remove-remains");
        hands.untilAsked();
        hands.press("#prompt-no");
        assertThat(log).exists();
        hands.press("#remove-remains");
        hands.untilAsked();
        hands.press("#prompt-yes");
        hands.until(() -> parts.sets().rows().isEmpty());
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
        hands.picture("window-streaming");
        hands.press("#cancel-job");
        assertThat(robot.lookup("#job-title").query().isFocused())
                .as("where a screen reader hears the drain")
                .isTrue();
        untilState(JobState.CANCELLED);
        assertThat(
                        robot.lookup("#job-title")
                                .query()
                                .queryAccessibleAttribute(AccessibleAttribute.TEXT))
                .isEqualTo(job().spoken().get());
        hands.picture("window-cancelled");
        assertThat(job().drain())
                .hasSize(DrainStep.Phase.values().length)
                .allMatch(step -> step.status() == DrainStep.Status.DONE);
        assertThat(hands.text("#result")).isNotBlank();
        BackupCatalog left = BackupCatalog.find(backups);
        assertThat(left.sets()).isEmpty();
        assertThat(left.remains()).isEmpty();
        assertThat(engine.history().list())
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.CANCELLED);
    }

    @Test
    void savesAProfileAndRunsIt(FxRobot robot) throws Exception {
        hands.type("#devices-field", "2");
        hands.press("#save-profile");
        hands.untilAsked();
        hands.type("#profile-name", "nightly");
        hands.picture("window-profile-name");
        hands.press("#prompt-yes");
        hands.until(() -> parts.sidebar().rows().size() == 1);
        hands.until(() -> robot.lookup("#run-profile").tryQuery().isPresent());
        hands.picture("window-profile-saved");
        hands.press("#run-profile");
        untilState(JobState.COMPLETED);
        assertThat(engine.history().list())
                .extracting(RunRecord::trigger)
                .containsExactly("window, profile nightly");
        hands.press("#more-of-profile");
        hands.press("#profile-delete");
        hands.untilAsked();
        hands.press("#prompt-yes");
        hands.until(() -> parts.sidebar().rows().isEmpty());
    }

    @Test
    void badInputIsToldInTheForm(FxRobot robot) throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        hands.type("#devices-field", "65");
        assertThat(((TitledPane) hands.node("#more-options")).isExpanded()).isFalse();
        limitRate(robot, "fast");
        assertThat(((TitledPane) hands.node("#more-options")).isExpanded())
                .as("an error does not hide")
                .isTrue();
        hands.type("#destination", file.resolve("below").toString());
        hands.until(() -> !hands.text("#destination-error").isEmpty());
        hands.picture("window-bad-input");
        assertThat(hands.text("#devices-error")).contains("1 to 64");
        assertThat(hands.text("#limit-rate-error")).contains("MiB");
        assertThat(hands.node("#back-up").isDisabled()).isTrue();
        assertThat(hands.node("#save-profile").isDisabled()).isTrue();
        hands.type("#devices-field", "1");
        limitRate(robot, "");
        hands.type("#destination", backups.toString());
        hands.until(() -> !hands.node("#back-up").isDisabled());
    }

    @Test
    void aDatabaseThatWentAwayEndsTheJobWithTheServersWords(FxRobot robot) throws Exception {
        robot.interact(() -> parts.backup().databases().choose("embedded", List.of("Gone")));
        hands.press("#back-up");
        untilState(JobState.FAILED);
        hands.picture("window-failed");
        assertThat(hands.text("#result")).contains("Gone");
    }

    @Test
    void closingWhileAJobRunsCancelsWaitsAndCloses(FxRobot robot) throws Exception {
        startSlowBackup(robot, "2", "0.1");
        askToClose();
        hands.picture("window-close-question");
        hands.press("#prompt-no");
        assertThat(job().running().get()).isTrue();
        askToClose();
        hands.press("#prompt-yes");
        hands.until(() -> !stage.isShowing());
        assertThat(job().state().get()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aJobCanGoOnWithoutTheWindow(FxRobot robot) throws Exception {
        startSlowBackup(robot, "2", "1");
        JobViewModel running = job();
        askToClose();
        hands.press("#prompt-go-on");
        hands.until(() -> !stage.isShowing());
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
        hands.until(() -> robot.lookup("#copy-crash").tryQuery().isPresent());
        hands.picture("window-crash");
        hands.press("#copy-crash");
        robot.interact(
                () ->
                        assertThat(Clipboard.getSystemClipboard().getString())
                                .startsWith("SW-")
                                .contains("a defect made by the test"));
        hands.press("#dismiss-crash");
        untilState(JobState.COMPLETED);
    }

    @Test
    void aRestoreAsksBeforeItIsCancelled(FxRobot robot) throws Exception {
        hands.press("#back-up");
        untilState(JobState.COMPLETED);
        hands.press("#show-set");
        hands.until(() -> parts.sets().selected().get() != null);
        hands.press("#restore-set");
        turnToTarget();
        hands.type("#restore-target", "SampleCopy");
        robot.interact(() -> parts.restore().target().limitRate().text().set("0.1"));
        confirmRestore();
        hands.until(() -> job().state().get() == JobState.STREAMING);
        hands.press("#cancel-job");
        hands.untilAsked();
        hands.picture("window-cancel-restore-question");
        hands.press("#prompt-no");
        assertThat(job().state().get()).isEqualTo(JobState.STREAMING);
        hands.press("#cancel-job");
        hands.untilAsked();
        hands.press("#prompt-yes");
        untilState(JobState.CANCELLED);
        hands.picture("window-restore-cancelled");
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
    void theThemeSwitchesAndTheKeysLeadToThePages() throws Exception {
        hands.press("#theme");
        assertThat(scene.getStylesheets().getFirst()).endsWith("tokens-dark.css");
        hands.picture("window-dark");
        hands.press("#page-sets");
        assertThat(hands.node("#sets-page").isVisible()).isTrue();
        assertThat(hands.node("#backup-page").isVisible()).isFalse();
        hands.press("#theme");
        assertThat(scene.getStylesheets().getFirst()).endsWith("tokens-light.css");
    }

    /** Waits until the sets are found, and goes on from them. */
    private void turnToTarget() throws TimeoutException {
        hands.until(() -> parts.shell().page().get() == Page.RESTORE);
        hands.until(() -> parts.restore().mayGoOn().get());
        hands.press("#restore-next");
        hands.until(() -> !parts.restore().look().running().get());
    }

    /** Goes on from the target, waits for the statements, restores, and says yes. */
    private void confirmRestore() throws TimeoutException {
        hands.press("#restore-next");
        hands.until(() -> !hands.node("#restore-start").isDisabled());
        hands.press("#restore-start");
        hands.untilAsked();
        hands.press("#prompt-yes");
    }

    private void startSlowBackup(FxRobot robot, String devices, String rate) throws Exception {
        hands.type("#devices-field", devices);
        limitRate(robot, rate);
        hands.press("#back-up");
        hands.until(
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

    private void askToClose() throws TimeoutException {
        FxThread.later(
                () -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        hands.untilAsked();
    }

    private JobViewModel job() {
        return Objects.requireNonNull(parts.jobs().selected().get());
    }

    private SetRow.State selectedState() {
        SetRow row = parts.sets().selected().get();
        return row == null ? SetRow.State.REMAINS : row.state();
    }

    private void untilState(JobState state) throws TimeoutException {
        hands.until(() -> job().state().get() == state && !job().running().get());
    }
}
