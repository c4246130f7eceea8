package dev.sluice.ui.history;

import javafx.scene.control.TableCell;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/** A value that sorts by itself and is shown as a text. */
final class ValueCell<S, T> extends TableCell<S, T> {

    private final Function<T, String> text;

    ValueCell(Function<T, String> text) {
        this.text = text;
    }

    @Override
    protected void updateItem(@Nullable T item, boolean empty) {
        super.updateItem(item, empty);
        setText(empty || item == null ? null : text.apply(item));
    }
}
