package dev.sluice.ui.common;

import javafx.util.StringConverter;

import java.util.function.Function;

/** How the items of a closed choice are shown; never read back from text. */
public final class Shown<T> extends StringConverter<T> {

    private final Function<T, String> text;

    /** Shows items by this function. */
    public Shown(Function<T, String> text) {
        this.text = text;
    }

    @Override
    public String toString(T item) {
        return text.apply(item);
    }

    @Override
    public T fromString(String text) {
        throw new UnsupportedOperationException("a closed choice is not typed: " + text);
    }
}
