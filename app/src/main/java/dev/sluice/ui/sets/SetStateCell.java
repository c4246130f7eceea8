package dev.sluice.ui.sets;

import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Texts;

import javafx.scene.control.TableCell;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** What a set is: an icon and a word. */
final class SetStateCell extends TableCell<SetRow, SetRow.State> {

    private final Texts texts;

    SetStateCell(Texts texts) {
        this.texts = texts;
        getStyleClass().add("set-state");
    }

    @Override
    protected void updateItem(SetRow.@Nullable State state, boolean empty) {
        super.updateItem(state, empty);
        getStyleClass().removeIf(style -> style.startsWith("set-is-"));
        if (empty || state == null) {
            setText(null);
            setGraphic(null);
            return;
        }
        getStyleClass().add("set-is-" + state.name().toLowerCase(Locale.ROOT));
        setText(texts.of("sets.state", state));
        setGraphic(Icons.icon(icon(state)));
    }

    private static String icon(SetRow.State state) {
        return switch (state) {
            case COMMITTED -> "fth-archive";
            case VERIFIED -> "fth-check-circle";
            case DAMAGED -> "fth-alert-octagon";
            case BEING_WRITTEN -> "fth-edit-3";
            case REMAINS -> "fth-trash-2";
        };
    }
}
