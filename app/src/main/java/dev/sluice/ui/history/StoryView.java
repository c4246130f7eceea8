package dev.sluice.ui.history;

import dev.sluice.job.DrainStep;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobKind;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunStory;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.running.LogCell;
import dev.sluice.ui.running.LogLine;
import dev.sluice.ui.running.RateChart;

import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Everything that is known about one run. FX thread. */
public final class StoryView extends VBox {

    private final Label title = new Label();
    private final Label result = new Label();
    private final VBox summary = new VBox();
    private final TextArea statement = new TextArea();
    private final ListView<LogLine> log = new ListView<>();
    private final Tab summaryTab = tab("story-summary", scrolled(summary));
    private final Tab statementTab = tab("story-statement", statement);
    private final Tab logTab = tab("story-log", log);

    /** A view of nothing yet. */
    public StoryView() {
        title.getStyleClass().addAll("card-title", "run-outcome");
        title.setWrapText(true);
        title.setMinHeight(USE_PREF_SIZE);
        result.getStyleClass().add("story-result");
        result.setId("story-result");
        result.setWrapText(true);
        result.setMinHeight(USE_PREF_SIZE);
        summary.getStyleClass().add("story-summary");
        statement.setEditable(false);
        statement.setWrapText(true);
        statement.getStyleClass().add("code");
        log.getStyleClass().addAll("dense", "log");
        log.setCellFactory(LogCell::new);
        TabPane tabs = new TabPane(summaryTab, statementTab, logTab);
        tabs.getStyleClass().add("story-tabs");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        VBox.setVgrow(tabs, Priority.ALWAYS);
        getChildren().setAll(title, tabs);
    }

    private static Tab tab(String id, Node content) {
        Tab tab = new Tab("", content);
        tab.setId(id);
        return tab;
    }

    private static ScrollPane scrolled(Node content) {
        ScrollPane pane = new ScrollPane(content);
        pane.setFitToWidth(true);
        pane.getStyleClass().add("edge-to-edge");
        return pane;
    }

    /** Shows a run, or empties itself. */
    void show(@Nullable RunRecord run, RunStory story, Texts texts) {
        Nodes.mark(title, "outcome-is-", run == null ? null : run.outcome());
        nameTabs(story.events(), texts);
        if (run != null) {
            tell(run, story, texts);
        }
    }

    private void tell(RunRecord run, RunStory story, Texts texts) {
        RunText words = new RunText(texts);
        title.setText(words.title(run));
        title.setGraphic(Icons.of(run.outcome()));
        title.setAccessibleText(words.title(run) + ", " + words.outcome(run));
        result.setText(texts.tell(run.told()));
        Nodes.show(result, !result.getText().isEmpty());
        summary.getChildren().setAll(result, facts(words, run, story));
        chart(story, texts);
        part(texts.get("history.drain"), story.drain(), drain(words, story, run.kind(), texts));
        part(texts.get("history.devices"), story.devices(), devices(story));
        String none = texts.get("history.statement.none");
        statement.setText(Objects.toString(run.statement(), none));
        log.getItems()
                .setAll(story.events().stream().map(event -> LogLine.of(event, texts)).toList());
        log.setPlaceholder(
                quiet(
                        run.outcome() == RunRecord.Outcome.INTERRUPTED
                                ? texts.get("history.log.lost")
                                : texts.get("history.log.none")));
    }

    private void nameTabs(List<JobEvent> events, Texts texts) {
        summaryTab.setText(texts.get("history.summary"));
        statementTab.setText(texts.get("history.statement"));
        logTab.setText(texts.get("history.log", events.size()));
        statement.setAccessibleText(statementTab.getText());
        log.setAccessibleText(logTab.getText());
    }

    private void chart(RunStory story, Texts texts) {
        double[] rates = story.rates();
        if (rates.length < 2) {
            return;
        }
        double highest = Arrays.stream(rates).max().orElse(0);
        RateChart chart = new RateChart();
        chart.setId("story-chart");
        chart.setAccessibleText(texts.get("history.chart.text", Formats.rate(highest)));
        chart.show(rates);
        Label head = new Label(texts.get("job.chart"));
        head.getStyleClass().add("card-title");
        Label most = quiet(texts.get("history.chart.highest", Formats.rate(highest)));
        summary.getChildren().addAll(head, chart, most);
    }

    private void part(String name, List<?> content, GridPane grid) {
        if (!content.isEmpty()) {
            Label head = new Label(name);
            head.getStyleClass().add("card-title");
            summary.getChildren().addAll(head, grid);
        }
    }

    private static GridPane facts(RunText words, RunRecord run, RunStory story) {
        GridPane grid = grid();
        words.facts(run, story).forEach((name, value) -> row(grid, quiet(name), wrapped(value)));
        return grid;
    }

    private static GridPane drain(RunText words, RunStory story, JobKind kind, Texts texts) {
        GridPane grid = grid();
        for (DrainStep step : story.drain()) {
            boolean done = step.status() == DrainStep.Status.DONE;
            Label phase =
                    new Label(
                            words.phase(step, kind), Icons.icon(done ? "fth-check" : "fth-circle"));
            phase.getStyleClass().addAll("drain-phase", done ? "drain-done" : "drain-pending");
            phase.setMinWidth(USE_PREF_SIZE);
            String time = done ? Formats.shortSpan(step.elapsed()) : "";
            row(grid, phase, wrapped((time + "  " + texts.tell(step.told())).strip()));
        }
        return grid;
    }

    private static GridPane devices(RunStory story) {
        GridPane grid = grid();
        for (RunStory.Device device : story.devices()) {
            Label name = quiet(String.valueOf(device.stripe().getFileName()));
            row(grid, name, wrapped(Formats.bytes(device.bytes())));
        }
        return grid;
    }

    private static GridPane grid() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("facts");
        return grid;
    }

    private static void row(GridPane grid, Label name, Label value) {
        name.setMinWidth(USE_PREF_SIZE);
        GridPane.setValignment(name, VPos.TOP);
        GridPane.setHgrow(value, Priority.ALWAYS);
        grid.addRow(grid.getRowCount(), name, value);
    }

    private static Label quiet(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("quiet");
        return label;
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
