package dev.sluice.ui.history;

import dev.sluice.job.RunRecord;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Texts;

import javafx.scene.control.TableCell;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** How a run ended: an icon and a word. */
final class OutcomeCell extends TableCell<RunRecord, Outcome> {

    private final Texts texts;

    OutcomeCell(Texts texts) {
        this.texts = texts;
        getStyleClass().add("run-outcome");
    }

    @Override
    protected void updateItem(@Nullable Outcome outcome, boolean empty) {
        super.updateItem(outcome, empty);
        getStyleClass().removeIf(style -> style.startsWith("outcome-is-"));
        if (empty || outcome == null) {
            setText(null);
            setGraphic(null);
            return;
        }
        getStyleClass().add(look(outcome));
        setText(texts.of("history.outcome", outcome));
        setGraphic(Icons.of(outcome));
    }

    /** The style class of an outcome. */
    static String look(Outcome outcome) {
        return "outcome-is-" + outcome.name().toLowerCase(Locale.ROOT);
    }
}
