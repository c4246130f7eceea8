package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.RunRecord;
import dev.sluice.job.Settings;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.embedded.SampleDatabase;
import dev.sluice.ui.common.DialogPrompts;
import dev.sluice.ui.common.FxThread;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.Theme;
import dev.sluice.ui.shell.Page;
import dev.sluice.ui.sidebar.ProfileRow;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The life of profiles, by mouse and by keys. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made before each test
class ProfilesTest {

    private static final long PATIENCE = 30;

    @TempDir private Path home;
    private EmbeddedServer server;
    private SluiceEngine engine;
    private final FxThread background = new FxThread();
    private Path exported;
    private Stage stage;
    private WindowParts parts;

    @Start
    void open(Stage shown) throws Exception {
        Folders folders = Folders.under(home);
        server = new EmbeddedServer(folders.data(), new EmbeddedVdi());
        engine = new SluiceEngine(folders, List.of(server));
        SampleDatabase.create(server, SampleDatabase.NAME, 4L << 20);
        exported = home.resolve("exported.json");
        stage = shown;
        Texts texts = Texts.load();
        parts =
                new WindowParts(
                        engine,
                        home.resolve("backups"),
                        background,
                        new GivenFiles(new DialogPrompts(texts, () -> stage), exported),
                        texts,
                        Settings.DEFAULT);
        Scene scene = new Scene(parts.load(), 1280, 800);
        Theme.LIGHT.apply(scene);
        stage.setScene(scene);
        stage.show();
        parts.start();
    }

    @BeforeEach
    void saveAProfileFromTheForm(FxRobot robot) throws Exception {
        until(() -> parts.backup().good().get());
        press(robot, "#page-backup");
        press(robot, "#save-profile");
        name(robot, "nightly");
        untilNames("nightly");
    }

    @AfterEach
    void end(FxRobot robot) {
        engine.close();
        robot.interact(stage::hide);
        robot.interact(parts::stop);
        background.close();
        server.close();
    }

    @Test
    void aProfileIsDuplicatedReorderedExportedDeletedImportedAndRun(FxRobot robot)
            throws Exception {
        press(robot, "#more-of-profile");
        picture(robot, "profiles-menu");
        press(robot, "#profile-duplicate");
        name(robot, "weekly");
        untilNames("nightly", "weekly");

        press(robot, "weekly");
        robot.press(KeyCode.ALT).type(KeyCode.UP).release(KeyCode.ALT);
        untilNames("weekly", "nightly");
        until(() -> engine.profiles().list().found().getFirst().name().equals("weekly"));

        press(robot, "nightly");
        press(robot, "#more-of-profile");
        press(robot, "#profile-export");
        until(() -> Files.exists(exported));
        String name = Files.readString(exported).contains("\"weekly\"") ? "weekly" : "nightly";

        press(robot, name);
        robot.type(KeyCode.DELETE);
        question(robot);
        press(robot, "#prompt-yes");
        until(() -> parts.sidebar().rows().size() == 1);

        press(robot, "#import-profile");
        until(() -> parts.sidebar().rows().size() == 2);
        press(robot, "#import-profile");
        question(robot);
        picture(robot, "profiles-replace-question");
        press(robot, "#prompt-no");

        press(robot, "nightly");
        robot.press(KeyCode.CONTROL).type(KeyCode.ENTER).release(KeyCode.CONTROL);
        until(() -> last("nightly") == RunRecord.Outcome.COMPLETED);
        picture(robot, "profiles-run");
        assertThat(engine.history().list())
                .extracting(RunRecord::trigger)
                .containsExactly("window, profile nightly");
    }

    @Test
    void aReviewedRestoreIsSavedAndRunAgain(FxRobot robot) throws Exception {
        press(robot, "#run-profile");
        until(() -> last("nightly") == RunRecord.Outcome.COMPLETED);
        press(robot, "#page-restore");
        until(() -> parts.restore().mayGoOn().get());
        press(robot, "#restore-next");
        until(() -> !parts.restore().look().running().get());
        TextInputControl target = robot.lookup("#restore-target").query();
        robot.interact(() -> target.setText("Drill"));
        until(() -> parts.restore().mayGoOn().get());
        press(robot, "#restore-next");
        until(() -> !robot.lookup("#restore-save-profile").query().isDisabled());
        picture(robot, "profiles-restore-review");
        press(robot, "#restore-save-profile");
        name(robot, "drill");
        untilNames("drill", "nightly");

        press(robot, "drill");
        until(() -> parts.shell().page().get() == Page.RESTORE);
        until(() -> parts.restore().target().name().text().get().equals("Drill"));
        press(robot, "drill");
        robot.press(KeyCode.CONTROL).type(KeyCode.ENTER).release(KeyCode.CONTROL);
        until(() -> last("drill") == RunRecord.Outcome.COMPLETED);
        try (SqlSession session = server.connect()) {
            assertThat(session.databases()).extracting(DatabaseInfo::name).contains("Drill");
        }
    }

    @Test
    void aProfileIsDraggedToAnotherPlace(FxRobot robot) throws Exception {
        press(robot, "#more-of-profile");
        press(robot, "#profile-duplicate");
        name(robot, "weekly");
        untilNames("nightly", "weekly");
        press(robot, "#page-home");

        robot.drag("weekly").moveTo("nightly").moveBy(2, 2);
        picture(robot, "profiles-drag");
        robot.drop();

        untilNames("weekly", "nightly");
        assertThat(parts.shell().page().get()).as("dragging opens nothing").isEqualTo(Page.HOME);
        press(robot, "weekly");
        assertThat(parts.shell().page().get()).isEqualTo(Page.BACKUP);
    }

    @Test
    void theCommandForASchedulerIsCopied(FxRobot robot) throws Exception {
        press(robot, "#more-of-profile");
        press(robot, "#profile-command");
        assertThat(clipboard(robot)).isEqualTo("sluice run nightly");
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(KeyCode.C)
                .release(KeyCode.SHIFT, KeyCode.CONTROL);
        press(robot, "nightly");
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(KeyCode.C)
                .release(KeyCode.SHIFT, KeyCode.CONTROL);
        assertThat(clipboard(robot))
                .startsWith("sluice backup --server=embedded --database=SluiceSample --to=");
    }

    @Test
    void aFileThatIsNoProfileIsRefusedInWords(FxRobot robot) throws Exception {
        Files.writeString(exported, "[]");
        press(robot, "#import-profile");
        until(() -> parts.notices().current().get() != null);
        until(
                () ->
                        robot.lookup("#notice-text")
                                .queryLabeled()
                                .getText()
                                .contains("no JSON object"));
        picture(robot, "profiles-import-refused");
        untilNames("nightly");
    }

    private RunRecord.Outcome last(String name) {
        return parts.sidebar().rows().stream()
                .filter(row -> row.profile().name().equals(name) && row.last() != null)
                .map(row -> row.last().outcome())
                .findFirst()
                .orElse(RunRecord.Outcome.RUNNING);
    }

    private static String clipboard(FxRobot robot) {
        String[] text = new String[1];
        robot.interact(() -> text[0] = Clipboard.getSystemClipboard().getString());
        return text[0];
    }

    private static void name(FxRobot robot, String name) throws TimeoutException {
        question(robot);
        TextInputControl field = robot.lookup("#profile-name").query();
        robot.interact(() -> field.setText(name));
        press(robot, "#prompt-yes");
    }

    private static void question(FxRobot robot) throws TimeoutException {
        until(() -> robot.lookup("#prompt-yes").tryQuery().isPresent());
    }

    private void untilNames(String... names) throws TimeoutException {
        until(
                () ->
                        parts.sidebar().rows().stream()
                                .map(ProfileRow::profile)
                                .map(profile -> profile.name())
                                .toList()
                                .equals(List.of(names)));
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                PATIENCE, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void press(FxRobot robot, String query) {
        robot.clickOn(query);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void picture(FxRobot robot, String name) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(
                () -> {
                    List<Window> windows = Window.getWindows();
                    Screenshots.take(windows.getFirst().getScene(), name);
                    if (windows.size() > 1) {
                        Screenshots.take(windows.getLast().getScene(), name + "-over");
                    }
                });
    }
}
