package dev.sluice.ui.restore;

import dev.sluice.ui.common.Texts;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

/** A step of a restore: which set, and why. */
final class ChainCell extends ListCell<ChainStep> {

    private final SetWords words;
    private final Texts texts;
    private final Label number = new Label();
    private final Region shape = new Region();
    private final Label set = new Label();
    private final Label why = new Label();
    private final HBox line = new HBox();

    ChainCell(SetWords words, Texts texts) {
        this.words = words;
        this.texts = texts;
        getStyleClass().add("chain-cell");
        line.getStyleClass().add("line");
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinWidth(0);
        line.setPrefWidth(1);
        number.getStyleClass().addAll("number", "quiet");
        number.setMinWidth(Region.USE_PREF_SIZE);
        why.getStyleClass().add("quiet");
        shape.setMinWidth(Region.USE_PREF_SIZE);
        VBox text = new VBox(set, why);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        line.getChildren().setAll(number, shape, text);
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
            setAccessibleText(String.join(", ", number.getText(), set.getText(), why.getText()));
        }
    }
}
