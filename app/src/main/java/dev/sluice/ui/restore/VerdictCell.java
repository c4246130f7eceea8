package dev.sluice.ui.restore;

import dev.sluice.job.RunRecord;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.VerdictWords;

import javafx.scene.control.TableCell;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** The newest verification of a set: one that failed catches the eye. */
final class VerdictCell extends TableCell<SetLine, SetLine> {

    private final Texts texts;

    VerdictCell(Texts texts) {
        this.texts = texts;
        getStyleClass().add("set-verdict");
    }

    @Override
    protected void updateItem(@Nullable SetLine line, boolean empty) {
        super.updateItem(line, empty);
        if (line == null || empty) {
            Nodes.mark(this, "verdict-is-", null);
            setGraphic(null);
            setText(null);
            return;
        }
        RunRecord run = line.verification();
        Nodes.mark(this, "verdict-is-", run == null ? null : run.outcome());
        setGraphic(run == null ? null : Icons.of(run.outcome()));
        setText(VerdictWords.inShort(run, Instant.now(), texts));
    }
}
