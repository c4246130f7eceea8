package dev.sluice.ui.history;

import dev.sluice.job.RunRecord;
import dev.sluice.ui.common.Columns;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Shown;
import dev.sluice.ui.common.Texts;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.Function;

/** The table of runs, its filters, and what can be done with a run. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class HistoryController {

    private static final KeyCombination COPY = KeyCombination.valueOf("Shortcut+C");

    /** What a run leads to elsewhere. */
    public interface Actions {
        /** Turns to a backup set, where it can be verified. */
        void verifySet(Path set);

        /** Turns to the form of a restore. */
        void restoreSet(Path set);

        /** Opens a folder in the desktop's file manager. */
        void openFolder(Path folder);
    }

    private final HistoryViewModel model;
    private final Actions actions;
    private final Prompts prompts;
    private final Texts texts;
    private final RunText words;
    @FXML private TextField filter;
    @FXML private ComboBox<OutcomeFilter> outcomes;
    @FXML private ComboBox<Period> periods;
    @FXML private Label count;
    @FXML private Label leftOut;
    @FXML private TableView<RunRecord> table;
    @FXML private TableColumn<RunRecord, Instant> started;
    @FXML private TableColumn<RunRecord, String> database;
    @FXML private TableColumn<RunRecord, String> what;
    @FXML private TableColumn<RunRecord, RunRecord> outcome;
    @FXML private TableColumn<RunRecord, RunRecord> duration;
    @FXML private TableColumn<RunRecord, RunRecord> size;
    @FXML private StoryView story;
    @FXML private Button copy;
    @FXML private Button open;
    @FXML private Button verify;
    @FXML private Button restore;

    /** A controller over the history. */
    public HistoryController(
            HistoryViewModel model, Actions actions, Prompts prompts, Texts texts) {
        this.model = model;
        this.actions = actions;
        this.prompts = prompts;
        this.texts = texts;
        this.words = new RunText(texts);
    }

    @FXML
    void initialize() {
        // the story tells them, too
        Columns.growWithTexts(table, copy, size, duration, what);
        filter.textProperty().bindBidirectional(model.text());
        choices(outcomes, OutcomeFilter.values(), value -> texts.of("history.filter", value));
        outcomes.valueProperty().bindBidirectional(model.outcome());
        choices(periods, Period.values(), value -> texts.of("history.period", value));
        periods.valueProperty().bindBidirectional(model.period());
        count.textProperty().bind(model.count());
        leftOut.textProperty().bind(model.leftOut());
        Nodes.showWhen(leftOut, model.leftOut().isNotEmpty());
        bindTable();
        Nodes.showWhen(story, model.selected().isNotNull());
        model.selected().subscribe(this::showActions);
        model.story().subscribe(told -> story.show(model.selected().get(), told, texts));
    }

    private static <T> void choices(ComboBox<T> box, T[] values, Function<T, String> text) {
        box.getItems().setAll(values);
        box.setConverter(new Shown<>(text));
    }

    private void bindTable() {
        SortedList<RunRecord> sorted = new SortedList<>(model.rows());
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        column(started, RunRecord::started, Formats::dateAndMinute);
        column(database, RunRecord::database, Function.identity());
        column(what, words::what, Function.identity());
        column(duration, Function.identity(), words::duration);
        column(size, Function.identity(), words::size);
        duration.setComparator((a, b) -> a.duration().compareTo(b.duration()));
        size.setComparator((a, b) -> Long.compare(a.bytes(), b.bytes()));
        outcome.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        outcome.setComparator(Comparator.comparing(RunRecord::outcome));
        outcome.setCellFactory(column -> new OutcomeCell(words));
        table.getSelectionModel().selectedItemProperty().subscribe(model.selected()::set);
        model.selected().subscribe(run -> table.getSelectionModel().select(run));
    }

    private static <T> void column(
            TableColumn<RunRecord, T> column,
            Function<RunRecord, T> value,
            Function<T, String> text) {
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        column.setCellFactory(owner -> new ValueCell<>(text));
    }

    private void showActions(@Nullable RunRecord run) {
        boolean hasSet = run != null && run.set() != null;
        copy.setDisable(run == null);
        open.setDisable(!hasSet);
        verify.setDisable(!hasSet);
        restore.setDisable(!hasSet);
    }

    private void withSet(Consumer<Path> action) {
        RunRecord run = model.selected().get();
        if (run != null && run.set() != null) {
            action.accept(run.set());
        }
    }

    @FXML
    void refresh() {
        model.refresh();
    }

    @FXML
    void export() {
        prompts.saveFile(texts.get("history.export.title"), "sluice-history.csv")
                .ifPresent(model::exportTo);
    }

    @FXML
    void copy() {
        Nodes.copy(model.storyAsText());
    }

    @FXML
    void tableKey(KeyEvent event) {
        if (COPY.match(event) && model.selected().get() != null) {
            copy();
            event.consume();
        }
    }

    @FXML
    void openFolder() {
        withSet(actions::openFolder);
    }

    @FXML
    void verify() {
        withSet(actions::verifySet);
    }

    @FXML
    void restore() {
        withSet(actions::restoreSet);
    }
}
