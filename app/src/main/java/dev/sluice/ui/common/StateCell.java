package dev.sluice.ui.common;

import javafx.scene.control.TableCell;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A state in a table: an icon and a word, and a style class for its colour.
 *
 * @param <R> a row of the table
 * @param <S> the state
 */
public class StateCell<R, S extends Enum<S>> extends TableCell<R, S> {

    private final String prefix;
    private final Function<S, String> word;
    private final Function<S, FontIcon> icon;

    /** Kept, for a state may change with every look. */
    private final Map<S, FontIcon> icons = new HashMap<>();

    /**
     * A cell for any of the states.
     *
     * @param style the style class of every such cell
     * @param prefix begins the style class of one state, see {@link Nodes#mark}
     */
    public StateCell(
            String style, String prefix, Function<S, String> word, Function<S, FontIcon> icon) {
        this.prefix = prefix;
        this.word = word;
        this.icon = icon;
        getStyleClass().add(style);
    }

    @Override
    protected final void updateItem(@Nullable S state, boolean empty) {
        super.updateItem(state, empty);
        S shown = empty ? null : state;
        Nodes.mark(this, prefix, shown);
        setText(shown == null ? null : word.apply(shown));
        setGraphic(shown == null ? null : icons.computeIfAbsent(shown, icon));
    }
}
