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
import java.util.concurrent.TimeoutException;

/** The life of profiles, by mouse and by keys. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made before each test
class ProfilesTest {

    @TempDir private Path home;
    private EmbeddedServer server;
    private SluiceEngine engine;
    private final FxThread background = new FxThread();
    private Path exported;
    private Stage stage;
    private WindowParts parts;
    private Hands hands;

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
        hands = new Hands(robot);
        hands.until(() -> parts.backup().good().get());
        hands.press("#page-backup");
        hands.press("#save-profile");
        name("nightly");
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
        hands.press("#more-of-profile");
        picture(robot, "profiles-menu");
        hands.press("#profile-duplicate");
        name("weekly");
        untilNames("nightly", "weekly");

        hands.press("weekly");
        robot.press(KeyCode.ALT).type(KeyCode.UP).release(KeyCode.ALT);
        untilNames("weekly", "nightly");
        hands.until(() -> engine.profiles().list().found().getFirst().name().equals("weekly"));

        hands.press("nightly");
        hands.press("#more-of-profile");
        hands.press("#profile-export");
        hands.until(() -> Files.exists(exported));
        String name = Files.readString(exported).contains("\"weekly\"") ? "weekly" : "nightly";

        hands.press(name);
        robot.type(KeyCode.DELETE);
        hands.untilAsked();
        hands.press("#prompt-yes");
        hands.until(() -> parts.sidebar().rows().size() == 1);

        hands.press("#import-profile");
        hands.until(() -> parts.sidebar().rows().size() == 2);
        hands.press("#import-profile");
        hands.untilAsked();
        picture(robot, "profiles-replace-question");
        hands.press("#prompt-no");

        hands.press("nightly");
        robot.press(KeyCode.CONTROL).type(KeyCode.ENTER).release(KeyCode.CONTROL);
        hands.until(() -> last("nightly") == RunRecord.Outcome.COMPLETED);
        picture(robot, "profiles-run");
        assertThat(engine.history().list())
                .extracting(RunRecord::trigger)
                .containsExactly("window, profile nightly");
    }

    @Test
    void aReviewedRestoreIsSavedAndRunAgain(FxRobot robot) throws Exception {
        hands.press("#run-profile");
        hands.until(() -> last("nightly") == RunRecord.Outcome.COMPLETED);
        hands.press("#page-restore");
        hands.until(() -> parts.restore().mayGoOn().get());
        hands.press("#restore-next");
        hands.until(() -> !parts.restore().look().running().get());
        hands.type("#restore-target", "Drill");
        hands.until(() -> parts.restore().mayGoOn().get());
        hands.press("#restore-next");
        hands.until(() -> !hands.node("#restore-save-profile").isDisabled());
        picture(robot, "profiles-restore-review");
        hands.press("#restore-save-profile");
        name("drill");
        untilNames("drill", "nightly");

        hands.press("drill");
        hands.until(() -> parts.shell().page().get() == Page.RESTORE);
        hands.until(() -> parts.restore().target().name().text().get().equals("Drill"));
        hands.press("drill");
        robot.press(KeyCode.CONTROL).type(KeyCode.ENTER).release(KeyCode.CONTROL);
        hands.until(() -> last("drill") == RunRecord.Outcome.COMPLETED);
        try (SqlSession session = server.connect()) {
            assertThat(session.databases()).extracting(DatabaseInfo::name).contains("Drill");
        }
    }

    @Test
    void aProfileIsDraggedToAnotherPlace(FxRobot robot) throws Exception {
        hands.press("#more-of-profile");
        hands.press("#profile-duplicate");
        name("weekly");
        untilNames("nightly", "weekly");
        hands.press("#page-home");

        robot.drag("weekly").moveTo("nightly").moveBy(2, 2);
        picture(robot, "profiles-drag");
        robot.drop();

        untilNames("weekly", "nightly");
        assertThat(parts.shell().page().get()).as("dragging opens nothing").isEqualTo(Page.HOME);
        hands.press("weekly");
        assertThat(parts.shell().page().get()).isEqualTo(Page.BACKUP);
    }

    @Test
    void theCommandForASchedulerIsCopied(FxRobot robot) throws Exception {
        hands.press("#more-of-profile");
        hands.press("#profile-command");
        assertThat(clipboard(robot)).isEqualTo("sluice run nightly");
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(KeyCode.C)
                .release(KeyCode.SHIFT, KeyCode.CONTROL);
        hands.press("nightly");
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(KeyCode.C)
                .release(KeyCode.SHIFT, KeyCode.CONTROL);
        assertThat(clipboard(robot))
                .startsWith("sluice backup --server=embedded --database=SluiceSample --to=");
    }

    @Test
    void aFileThatIsNoProfileIsRefusedInWords(FxRobot robot) throws Exception {
        Files.writeString(exported, "[]");
        hands.press("#import-profile");
        hands.until(() -> parts.notices().current().get() != null);
        hands.until(() -> hands.text("#notice-text").contains("no JSON object"));
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

    private void name(String name) throws TimeoutException {
        hands.untilAsked();
        hands.type("#profile-name", name);
        hands.press("#prompt-yes");
    }

    private void untilNames(String... names) throws TimeoutException {
        hands.until(
                () ->
                        parts.sidebar().rows().stream()
                                .map(ProfileRow::profile)
                                .map(profile -> profile.name())
                                .toList()
                                .equals(List.of(names)));
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
