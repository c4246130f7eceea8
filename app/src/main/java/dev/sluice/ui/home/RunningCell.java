package dev.sluice.ui.home;

import dev.sluice.ui.common.Icons;
import dev.sluice.ui.running.JobViewModel;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import org.jspecify.annotations.Nullable;

/** A job that runs: what it does, and how far it is. */
final class RunningCell extends ListCell<JobViewModel> {

    private final Label title = new Label("", Icons.icon("fth-activity"));
    private final ProgressBar bar = new ProgressBar();
    private final Label percent = new Label();
    private final HBox line = new HBox(title, bar, percent);

    RunningCell() {
        getStyleClass().add("run-cell");
        title.setMaxWidth(Double.MAX_VALUE);
        title.setWrapText(true);
        title.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(title, Priority.ALWAYS);
        bar.getStyleClass().add("home-progress");
        percent.getStyleClass().addAll("number", "quiet");
        percent.setMinWidth(USE_PREF_SIZE);
        line.getStyleClass().add("line");
        line.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable JobViewModel job, boolean empty) {
        super.updateItem(job, empty);
        title.textProperty().unbind();
        bar.progressProperty().unbind();
        bar.accessibleTextProperty().unbind();
        percent.textProperty().unbind();
        setGraphic(empty ? null : line);
        if (!empty && job != null) {
            ReadOnlyStringProperty name = job.title();
            ObservableValue<Number> fraction = job.progress().fraction();
            title.textProperty().bind(name);
            bar.progressProperty().bind(fraction);
            bar.accessibleTextProperty().bind(name);
            percent.textProperty().bind(job.progress().percent());
        }
    }
}
