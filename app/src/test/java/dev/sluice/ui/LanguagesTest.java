package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.job.Settings;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.Theme;
import dev.sluice.ui.running.BufferMap;
import dev.sluice.ui.shell.Page;

import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kordamp.ikonli.javafx.FontIcon;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every page in every language, in the smallest window: no heading and no button is cut off. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made on the FX thread, before each test
class LanguagesTest {

    private static final Locale BEFORE = Locale.getDefault();

    @TempDir private Path home;
    private Stage stage;
    private WindowParts parts;

    @Start
    void start(Stage given) {
        stage = given;
    }

    @AfterEach
    void backToOurLanguage() {
        Locale.setDefault(BEFORE);
    }

    private static List<String> languages() {
        return Texts.languages();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void nothingThatMustBeReadIsCutOff(String tag, FxRobot robot) {
        robot.interact(() -> open(tag));
        List<String> cut = new ArrayList<>();
        for (Page page : Page.values()) {
            robot.interact(() -> parts.shell().page().set(page));
            WaitForAsyncUtils.waitForFxEvents();
            String name = page.name().toLowerCase(Locale.ROOT);
            robot.interact(
                    () -> {
                        Scene scene = stage.getScene();
                        Screenshots.take(scene, "language-" + tag + "-" + name);
                        look(scene.getRoot(), name, cut);
                    });
        }
        assertThat(cut).isEmpty();
    }

    private void open(String tag) {
        Texts texts = Texts.load(tag);
        Locale.setDefault(texts.locale());
        DatabaseInfo database =
                new DatabaseInfo(
                        "Sales", DatabaseInfo.State.ONLINE, "FULL", 3L << 30, false, true, false);
        Folders folders = Folders.under(home);
        SluiceEngine engine =
                new SluiceEngine(
                        folders,
                        List.of(
                                new FixedServer("embedded", List.of(database)),
                                FixedServer.agency()));
        Instant ended = Instant.now().minus(Duration.ofHours(30));
        for (Outcome outcome : List.of(Outcome.COMPLETED, Outcome.CANCELLED, Outcome.FAILED)) {
            HistoryRows.keep(folders, HistoryRows.backup("embedded", "Sales", outcome, ended));
            ended = ended.minus(Duration.ofDays(1));
        }
        parts =
                new WindowParts(
                        engine,
                        home.resolve("backups"),
                        new SameThread(),
                        new SilentPrompts(),
                        texts,
                        Settings.DEFAULT);
        Scene scene = new Scene(parts.load(), 1024, 700);
        // German is seen in dark, as English is in the gallery
        (tag.equals("de") ? Theme.DARK : Theme.LIGHT).apply(scene);
        stage.setScene(scene);
        // another test may have left it larger
        stage.sizeToScene();
        stage.show();
        parts.start();
        ScriptedJob job = new ScriptedJob();
        job.be(ScriptedJob.streaming(4, 64));
        parts.shell().show(parts.jobs().add(job));
    }

    private static void look(Node node, String page, List<String> cut) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Labeled labeled && labeled.getText() != null && mustBeWhole(labeled)) {
            for (Node child : labeled.getChildrenUnmodifiable()) {
                if (child instanceof Text text
                        && !(child instanceof FontIcon)
                        && text.isVisible()
                        && !text.getText().equals(whole(labeled))) {
                    cut.add("%s: \"%s\" in %s".formatted(page, text.getText(), labeled));
                }
            }
        }
        if (node instanceof BufferMap map
                && map.getBoundsInParent().getMaxY() > ((Region) map.getParent()).getHeight()) {
            cut.add("%s: the map of buffers is longer than its card".formatted(page));
        }
        if (node instanceof TableView<?> table && !hasAllInSight(table)) {
            cut.add("%s: not all columns of %s are seen".formatted(page, table.getId()));
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> look(child, page, cut));
        }
    }

    /** Of the devices all but the names of their files, which the log tells, too. */
    private static boolean hasAllInSight(TableView<?> table) {
        boolean isDevices = "devices".equals(table.getId());
        boolean isScrolled =
                table.lookupAll(".scroll-bar").stream()
                        .map(ScrollBar.class::cast)
                        .filter(bar -> bar.getOrientation() == Orientation.HORIZONTAL)
                        .anyMatch(Node::isVisible);
        return !isScrolled
                && (!isDevices
                        || table.getVisibleLeafColumns().size() >= table.getColumns().size() - 1);
    }

    /** The text as it is shown, without the mark before the key that presses the button. */
    private static String whole(Labeled labeled) {
        String text = labeled.getText();
        return labeled.isMnemonicParsing() ? text.replaceFirst("_", "") : text;
    }

    /**
     * Buttons, headings, labels of fields, whatever has several lines, and what a device does or a
     * run was; what a server or a disk tells may be longer.
     */
    private static boolean mustBeWhole(Labeled labeled) {
        return (labeled instanceof ButtonBase && !labeled.getStyleClass().contains("job-bar-title"))
                || labeled.isWrapText()
                || labeled.getStyleClass().contains("card-title")
                || (labeled instanceof Label label && label.getLabelFor() != null)
                || labeled.getStyleClass().contains("shares-words")
                || (labeled instanceof TableCell<?, ?> cell
                        && List.of("devices", "history").contains(cell.getTableView().getId()))
                || (labeled.getParent() != null
                        && labeled.getParent().getStyleClass().contains("column-header"));
    }
}
