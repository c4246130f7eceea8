package dev.sluice.ui.common;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;

/** Ties a field of a form to what shows it. */
public final class FieldErrors {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

    private FieldErrors() {}

    /** What is wrong with a choice stands in the label below, which takes no room else. */
    public static void bind(ReadOnlyStringProperty problem, Control control, Label label) {
        label.textProperty().bind(problem);
        Nodes.showWhen(label, problem.isNotEmpty());
        problem.subscribe(error -> control.pseudoClassStateChanged(WRONG, !error.isEmpty()));
        control.accessibleHelpProperty().bind(problem);
    }

    /** The control holds the text; the label below says what is wrong, and takes no room else. */
    public static void bind(Field field, TextInputControl control, Label label) {
        control.textProperty().bindBidirectional(field.text());
        bind(field.error(), control, label);
        control.focusedProperty()
                .addListener(
                        (observed, was, is) -> {
                            if (was) {
                                field.touch();
                            }
                        });
    }
}
