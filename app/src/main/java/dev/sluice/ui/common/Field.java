package dev.sluice.ui.common;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** A field of a form: the text typed into it, and what is wrong with it. FX thread. */
public final class Field {

    private final SimpleStringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");

    /** A field with a first text. */
    public Field(String first) {
        text.set(first);
    }

    /** What is typed. */
    public StringProperty text() {
        return text;
    }

    /** What is wrong; empty when nothing is. */
    public ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    /** Says what is wrong; empty for nothing. */
    public void setError(String what) {
        error.set(what);
    }

    /** Says what is wrong unless a condition holds. */
    public void require(boolean condition, String otherwise) {
        error.set(condition ? "" : otherwise);
    }

    /** Whether nothing is typed. */
    public boolean isBlank() {
        return text.get().isBlank();
    }

    /** Whether nothing is wrong. */
    public boolean isGood() {
        return error.get().isEmpty();
    }
}
