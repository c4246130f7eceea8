package dev.sluice.ui.restore;

import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

/**
 * Where a file goes: a text to change, with an icon and the reason where the file cannot go there.
 * The place is taken when Enter is pressed or the focus goes elsewhere; Escape takes it back.
 */
final class PlaceCell extends TableCell<FileRow, FileRow> {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

    private final TargetViewModel model;
    private final Texts texts;
    private final TextField place = new TextField();
    private final Label mark = new Label("", Icons.icon("fth-alert-triangle"));
    private final HBox line = new HBox(place, mark);

    PlaceCell(TargetViewModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        getStyleClass().add("place-cell");
        place.getStyleClass().add("place");
        mark.getStyleClass().add("place-problem");
        mark.setMinWidth(Region.USE_PREF_SIZE);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().add("place-line");
        HBox.setHgrow(place, Priority.ALWAYS);
        place.setOnKeyPressed(this::key);
        place.focusedProperty()
                .subscribe(
                        focused -> {
                            if (!focused) {
                                commit();
                            }
                        });
    }

    private void key(KeyEvent event) {
        FileRow row = getItem();
        if (event.getCode() == KeyCode.ENTER) {
            commit();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE && row != null) {
            place.setText(row.to());
            event.consume();
        }
    }

    private void commit() {
        FileRow row = getItem();
        if (row != null && !place.getText().strip().equals(row.to())) {
            model.move(row.file(), place.getText());
        }
    }

    @Override
    protected void updateItem(@Nullable FileRow row, boolean empty) {
        super.updateItem(row, empty);
        setText(null);
        setGraphic(null);
        if (row != null && !empty) {
            setGraphic(line);
            show(row);
        }
    }

    private void show(FileRow row) {
        boolean wrong = !row.problem().isEmpty();
        place.setId("place-" + row.file().logicalName());
        place.setText(row.to());
        place.setPromptText(texts.get("restore.files.serverPlaces"));
        place.pseudoClassStateChanged(WRONG, wrong);
        place.setTooltip(wrong ? new Tooltip(row.problem()) : null);
        place.setAccessibleText(texts.get("restore.files.place", row.file().logicalName()));
        place.setAccessibleHelp(row.problem());
        if (wrong) {
            mark.setText(texts.get("restore.files.taken"));
        }
        Nodes.show(mark, wrong);
    }
}
