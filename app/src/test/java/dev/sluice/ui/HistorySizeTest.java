package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.Settings;
import dev.sluice.job.SluiceEngine;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.Theme;
import dev.sluice.ui.history.OutcomeFilter;
import dev.sluice.ui.history.Period;

import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.nio.file.Path;
import java.util.List;

/** A history of years: the table has nodes for what is seen of it, however long it is. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made before each test
class HistorySizeTest {

    private static final int RUNS = 10_000;
    private static final int SEEN = 60;

    @TempDir private Path home;
    private WindowParts parts;
    private Scene scene;
    private Hands hands;

    @Start
    void open(Stage stage) throws Exception {
        Folders folders = Folders.under(home);
        HistoryRows.write(folders, HistoryRows.ofYears(RUNS));
        parts =
                new WindowParts(
                        new SluiceEngine(folders, List.of()),
                        home.resolve("backups"),
                        new SameThread(),
                        new SilentPrompts(),
                        Texts.load("en"),
                        Settings.DEFAULT);
        scene = new Scene(parts.load(), 1280, 800);
        Theme.LIGHT.apply(scene);
        stage.setScene(scene);
        stage.show();
        parts.start();
    }

    @BeforeEach
    void sitDown(FxRobot robot) {
        hands = new Hands(robot);
    }

    @Test
    void everyRunCanBeReachedAndFilteredAndOnlyThoseThatAreSeenHaveNodes(FxRobot robot)
            throws Exception {
        hands.press("#page-history");
        hands.until(() -> parts.history().rows().size() == RUNS);
        assertThat(hands.text("#history-count")).contains("10,000");
        assertThat(rowsWithNodes()).isPositive().isLessThan(SEEN);
        hands.picture("history-of-years");

        TableView<?> table = (TableView<?>) hands.node("#history");
        robot.interact(table::requestFocus);
        robot.type(KeyCode.END);
        hands.until(() -> table.getSelectionModel().getSelectedIndex() == RUNS - 1);
        assertThat(rowsWithNodes()).isPositive().isLessThan(SEEN);

        hands.type("#history-filter", "sales7");
        hands.until(() -> parts.history().rows().size() == RUNS / 10);
        robot.interact(() -> parts.history().outcome().set(OutcomeFilter.TROUBLED));
        hands.until(() -> parts.history().rows().size() < RUNS / 10);
        robot.interact(() -> parts.history().period().set(Period.YEAR));
        assertThat(rowsWithNodes()).isLessThan(SEEN);
        robot.interact(() -> parts.history().outcome().set(OutcomeFilter.ANY));
        robot.interact(() -> parts.history().period().set(Period.EVER));
        hands.type("#history-filter", "");
        hands.until(() -> parts.history().rows().size() == RUNS);
        assertThat(rowsWithNodes()).isLessThan(SEEN);
    }

    private int rowsWithNodes() {
        return hands.node("#history").lookupAll(".table-row-cell").size();
    }
}
