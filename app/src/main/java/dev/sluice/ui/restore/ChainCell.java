package dev.sluice.ui.restore;

import dev.sluice.job.RunRecord;
import dev.sluice.media.BackupSet;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A step of a restore: which set, and why. */
final class ChainCell extends ListCell<ChainStep> {

    private final SetWords words;
    private final Texts texts;
    private final Label number = new Label();
    private final Region shape = new Region();
    private final Label set = new Label();
    private final Label why = new Label();
    private final Label doubt = new Label();
    private final Predicate<BackupSet> isDoubted;
    private final HBox line = new HBox();

    ChainCell(SetWords words, Texts texts, Predicate<BackupSet> isDoubted) {
        this.words = words;
        this.texts = texts;
        this.isDoubted = isDoubted;
        getStyleClass().add("chain-cell");
        line.getStyleClass().add("line");
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinWidth(0);
        line.setPrefWidth(1);
        number.getStyleClass().addAll("number", "quiet");
        number.setMinWidth(Region.USE_PREF_SIZE);
        why.getStyleClass().add("quiet");
        shape.setMinWidth(Region.USE_PREF_SIZE);
        doubt.setText(texts.get("restore.legend.doubted"));
        doubt.setGraphic(Icons.of(RunRecord.Outcome.FAILED));
        doubt.getStyleClass().add("problem");
        doubt.setMinWidth(Region.USE_PREF_SIZE);
        VBox text = new VBox(set, why);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        line.getChildren().setAll(number, shape, text, doubt);
    }

    @Override
    protected void updateItem(@Nullable ChainStep step, boolean empty) {
        super.updateItem(step, empty);
        setGraphic(step == null || empty ? null : line);
        setAccessibleText(null);
        if (step != null && !empty) {
            number.setText(texts.get("restore.chain.number", getIndex() + 1));
            shape.getStyleClass()
                    .setAll("legend-mark", TimeLineView.shape(step.set().manifest().type()));
            set.setText(words.line(step.set()));
            why.setText(texts.of("restore.why", step.reason()));
            Nodes.show(doubt, isDoubted.test(step.set()));
            setAccessibleText(
                    Stream.of(number, set, why, doubt)
                            .filter(Label::isVisible)
                            .map(Label::getText)
                            .collect(Collectors.joining(", ")));
        }
    }
}
