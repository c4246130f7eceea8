package dev.sluice.ui.common;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;

/** Ties a field of a form to what shows it. */
public final class FieldErrors {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

    private FieldErrors() {}

    /** The control holds the text; the label below says what is wrong, and takes no room else. */
    public static void bind(Field field, TextInputControl control, Label label) {
        control.textProperty().bindBidirectional(field.text());
        label.textProperty().bind(field.error());
        Nodes.showWhen(label, field.error().isNotEmpty());
        field.error().subscribe(error -> control.pseudoClassStateChanged(WRONG, !error.isEmpty()));
        control.accessibleHelpProperty().bind(field.error());
        control.focusedProperty()
                .addListener(
                        (observed, was, is) -> {
                            if (was) {
                                field.touch();
                            }
                        });
    }
}
