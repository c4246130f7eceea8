package dev.sluice.ui.common;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * A field of a form: the text typed into it, and what is wrong with it. Nobody is blamed for a
 * field that he has not touched: it may not be good, and still shows no error. FX thread.
 */
public final class Field {

    private final SimpleStringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private String problem = "";
    private boolean touched;

    /** A field with a first text. */
    public Field(String first) {
        text.set(first);
        text.addListener(
                (observed, before, now) -> {
                    touched = true;
                    tell();
                });
    }

    /** Begins anew, as if untouched. */
    public void reset(String first) {
        text.set(first);
        touched = false;
        tell();
    }

    /** Shows from now on what is wrong: somebody was here and left it so. */
    public void touch() {
        touched = true;
        tell();
    }

    /** What is typed. */
    public StringProperty text() {
        return text;
    }

    /** What is wrong and to be shown; empty when nothing is. */
    public ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    /** Says what is wrong; empty for nothing. */
    public void setError(String what) {
        problem = what;
        tell();
    }

    /** Says what is wrong unless a condition holds. */
    public void require(boolean condition, String otherwise) {
        setError(condition ? "" : otherwise);
    }

    private void tell() {
        error.set(touched ? problem : "");
    }

    /** Whether nothing is typed. */
    public boolean isBlank() {
        return text.get().isBlank();
    }

    /** Whether nothing is wrong, shown or not. */
    public boolean isGood() {
        return problem.isEmpty();
    }
}
