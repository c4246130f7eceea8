package dev.sluice.ui.history;

import dev.sluice.job.RunRecord;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;

import javafx.scene.control.TableCell;

import org.jspecify.annotations.Nullable;

/** How a run ended; of a verification also that it found damage. */
final class OutcomeCell extends TableCell<RunRecord, RunRecord> {

    private final RunText words;

    OutcomeCell(RunText words) {
        this.words = words;
        getStyleClass().add("run-outcome");
    }

    @Override
    protected void updateItem(@Nullable RunRecord run, boolean empty) {
        super.updateItem(run, empty);
        RunRecord shown = empty ? null : run;
        Nodes.mark(this, "outcome-is-", shown == null ? null : shown.outcome());
        setText(shown == null ? null : words.outcome(shown));
        setGraphic(shown == null ? null : Icons.of(shown.outcome()));
    }
}
