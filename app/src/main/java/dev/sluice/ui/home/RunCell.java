package dev.sluice.ui.home;

import dev.sluice.job.RunRecord;
import dev.sluice.ui.common.Ages;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A run that ended: how, what it was, and when. */
final class RunCell extends ListCell<RunRecord> {

    private final Texts texts;
    private final ObservableValue<Instant> now;
    private final Label what = new Label();
    private final Label when = new Label();
    private final HBox line = new HBox(what, when);

    RunCell(Texts texts, ObservableValue<Instant> now) {
        this.texts = texts;
        this.now = now;
        getStyleClass().add("run-cell");
        what.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(what, Priority.ALWAYS);
        when.getStyleClass().add("quiet");
        when.setMinWidth(USE_PREF_SIZE);
        line.getStyleClass().add("line");
        line.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable RunRecord run, boolean empty) {
        super.updateItem(run, empty);
        Nodes.mark(this, "run-is-", empty || run == null ? null : run.outcome());
        setGraphic(empty ? null : line);
        setTooltip(null);
        if (!empty && run != null) {
            show(run);
        }
    }

    private void show(RunRecord run) {
        String outcome =
                run.finding() == RunRecord.Finding.DAMAGED
                        ? texts.get("home.outcome.damage")
                        : texts.of("home.outcome", run.outcome());
        what.setGraphic(Icons.of(run.outcome()));
        what.setText(
                switch (run.kind()) {
                    case BACKUP -> texts.get("home.run.backup", run.database(), outcome);
                    case RESTORE -> texts.get("home.run.restore", run.database(), outcome);
                    case INSPECTION, VERIFICATION, CHECK ->
                            texts.get("home.run.verification", run.database(), outcome);
                });
        when.setText(Ages.of(run.started().plus(run.duration()), now.getValue(), texts));
        setTooltip(run.told() == null ? null : new Tooltip(texts.tell(run.told())));
        setAccessibleText(String.join(", ", what.getText(), when.getText()));
    }
}
