package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.JobState;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.job.Settings;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.restore.PaperDesk;
import dev.sluice.ui.shell.Page;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.text.Text;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.javafx.FontIcon;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The largest texts in the smallest window: everything is there, or can be scrolled to. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made on the FX thread, before each test
class LargeTextTest {

    private static final int PERCENT = 200;

    @TempDir private Path home;
    private final PaperDesk desk = new PaperDesk("embedded", "production", "prod");
    private final ScriptedJob job = new ScriptedJob();
    private WindowParts parts;
    private Scene scene;

    @Start
    void start(Stage stage) throws Exception {
        Folders folders = Folders.under(home);
        DatabaseInfo database =
                new DatabaseInfo(
                        "Sales", DatabaseInfo.State.ONLINE, "FULL", 3L << 30, false, true, false);
        Instant ended = Instant.now().minus(Duration.ofHours(30));
        for (Outcome outcome : List.of(Outcome.COMPLETED, Outcome.CANCELLED, Outcome.FAILED)) {
            HistoryRows.keep(folders, HistoryRows.backup("embedded", "Sales", outcome, ended));
            ended = ended.minus(Duration.ofDays(1));
        }
        HistoryRows.keepNewer(folders);
        parts =
                new WindowParts(
                        new SluiceEngine(
                                folders,
                                List.of(
                                        new FixedServer("embedded", List.of(database)),
                                        FixedServer.agency())),
                        desk,
                        home.resolve("backups"),
                        new SameThread(),
                        new SilentPrompts(),
                        Texts.load("en"),
                        Settings.DEFAULT);
        scene = new Scene(parts.load(), 1024, 700);
        parts.appearance().dress(scene);
        stage.setScene(scene);
        stage.show();
        parts.start();
        job.be(ScriptedJob.streaming(4, 64));
        parts.jobs().add(job);
        parts.settings().textPercent().set(PERCENT);
    }

    @Test
    void everyButtonAndSentenceOfEveryPageIsThereOrCanBeScrolledTo(FxRobot robot) {
        LocalDateTime now =
                LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        desk.sets.addAll(PaperDesk.twoDays(now));
        List<String> lost = new ArrayList<>();
        for (Page page : Page.values()) {
            robot.interact(() -> parts.shell().page().set(page));
            if (page == Page.HISTORY) {
                robot.interact(
                        () -> parts.history().selected().set(parts.history().rows().getFirst()));
            }
            look(robot, page.name().toLowerCase(Locale.ROOT), lost);
        }
        job.be(
                ScriptedJob.streaming(4, 64)
                        .state(JobState.CANCELLING)
                        .drain(ScriptedJob.draining()));
        robot.interact(
                () -> {
                    parts.jobs().sample();
                    parts.shell().page().set(Page.JOB);
                });
        look(robot, "drain", lost);
        assertThat(lost).isEmpty();
    }

    private void look(FxRobot robot, String page, List<String> lost) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(
                () -> {
                    Screenshots.take(scene, "large-" + page);
                    look(scene.getRoot(), page, lost);
                });
    }

    private void look(Node node, String page, List<String> lost) {
        if (!node.isVisible() || node instanceof TableView) {
            return;
        }
        if (!isInList(node) && node instanceof ButtonBase button && button.getId() != null) {
            if (!isReachable(button)) {
                lost.add("%s: %s is outside".formatted(page, button.getId()));
            }
            if (isCut(button)) {
                lost.add("%s: %s is cut off".formatted(page, button.getId()));
            }
        }
        if (node instanceof Label label && label.isWrapText() && isCut(label)) {
            lost.add("%s: \"%s\" is cut off".formatted(page, label.getText()));
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> look(child, page, lost));
        }
    }

    private static boolean isInList(Node node) {
        Parent up = node.getParent();
        return up != null && (up instanceof ListView || isInList(up));
    }

    /** Whether it is in the window, or within the width of what scrolls down to it. */
    private boolean isReachable(Node node) {
        Bounds place = node.localToScene(node.getLayoutBounds());
        for (Parent up = node.getParent(); up != null; up = up.getParent()) {
            if (up instanceof ScrollPane pane) {
                Bounds view = pane.localToScene(pane.getLayoutBounds());
                return place.getMinX() >= view.getMinX() - 1
                        && place.getMaxX() <= view.getMaxX() + 1;
            }
        }
        return scene.getRoot().getLayoutBounds().contains(place);
    }

    private static boolean isCut(Labeled labeled) {
        String whole =
                labeled.isMnemonicParsing()
                        ? labeled.getText().replaceFirst("_", "")
                        : labeled.getText();
        return labeled.getChildrenUnmodifiable().stream()
                .anyMatch(
                        child ->
                                child instanceof Text text
                                        && !(child instanceof FontIcon)
                                        && text.isVisible()
                                        && !text.getText().isEmpty()
                                        && !text.getText().equals(whole));
    }

    @Test
    void iconsGrowWithTheTexts(FxRobot robot) {
        FontIcon large = (FontIcon) robot.lookup("#page-home").<ToggleButton>query().getGraphic();
        double before = large.getIconSize();
        robot.interact(() -> parts.settings().textPercent().set(100));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(before).isEqualTo(30);
        assertThat(large.getIconSize()).isEqualTo(15);
    }

    @Test
    void theSidebarFoldsToIconsWithNamesAndOpensOnRequest(FxRobot robot) {
        WaitForAsyncUtils.waitForFxEvents();
        Node sidebar = robot.lookup(".sidebar").query();
        ToggleButton page = robot.lookup("#page-home").query();
        assertThat(sidebar.getLayoutBounds().getWidth()).isLessThan(100);
        assertThat(page.getAccessibleText()).isEqualTo("Home");
        assertThat(page.getTooltip().getText()).isEqualTo("Home (Ctrl+1)");
        assertThat(robot.lookup("#profiles").query().getParent().isVisible()).isFalse();

        ToggleButton unfold = robot.lookup("#unfold").query();
        robot.interact(unfold::fire);
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> Screenshots.take(scene, "large-unfolded"));
        assertThat(robot.lookup("#profiles").query().getParent().isVisible()).isTrue();
        assertThat(sidebar.getLayoutBounds().getWidth()).isGreaterThan(400);

        robot.interact(() -> parts.shell().page().set(Page.HISTORY));
        assertThat(unfold.isSelected()).isFalse();
    }
}
