package dev.sluice.ui.shell;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableDoubleValue;

/**
 * Whether the sidebar shows its icons alone: where the window is too narrow for the size of its
 * texts, until somebody opens it. FX thread.
 */
final class Folding {

    /** With a sidebar of 17.5 em, less would leave a page too little. */
    private static final double LEAST_WIDTH_IN_EM = 65;

    private final ReadOnlyBooleanWrapper narrow = new ReadOnlyBooleanWrapper();
    private final BooleanProperty opened = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper folded = new ReadOnlyBooleanWrapper();

    /**
     * Follows a window.
     *
     * @param width in pixels
     * @param em the size of usual texts, in pixels
     */
    Folding(ObservableDoubleValue width, ObservableDoubleValue em) {
        folded.bind(narrow.and(opened.not()));
        width.subscribe(() -> look(width.get(), em.get()));
        em.subscribe(() -> look(width.get(), em.get()));
    }

    private void look(double width, double em) {
        boolean isNarrow = isNarrow(width, em);
        if (narrow.get() != isNarrow) {
            opened.set(false);
            narrow.set(isNarrow);
        }
    }

    /** A width of zero is that of a window that has none yet. */
    static boolean isNarrow(double width, double em) {
        return width > 0 && width < LEAST_WIDTH_IN_EM * em;
    }

    /** Whether there is a choice between icons and texts. */
    ReadOnlyBooleanProperty narrow() {
        return narrow.getReadOnlyProperty();
    }

    /** Whether somebody wants the texts all the same. */
    BooleanProperty opened() {
        return opened;
    }

    /** Whether the icons are alone. */
    ReadOnlyBooleanProperty folded() {
        return folded.getReadOnlyProperty();
    }
}
