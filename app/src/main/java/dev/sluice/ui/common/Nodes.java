package dev.sluice.ui.common;

import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Pane;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Small moves on nodes that every view needs. */
public final class Nodes {

    private Nodes() {}

    /** Shows a node, and gives it room, only while a condition holds. */
    public static void showWhen(Node node, ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
    }

    /** Shows a node and gives it room, or neither. */
    public static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    /**
     * Gives a node the style class of a state, and takes away that of the state before.
     *
     * @param prefix begins the style class, which ends with the state's name in small letters
     * @param state none when null
     */
    public static void mark(Node node, String prefix, @Nullable Enum<?> state) {
        String wanted = state == null ? "" : prefix + state.name().toLowerCase(Locale.ROOT);
        // any change of the list has the toolkit look for the node's styles again
        node.getStyleClass().removeIf(style -> style.startsWith(prefix) && !style.equals(wanted));
        if (state != null && !node.getStyleClass().contains(wanted)) {
            node.getStyleClass().add(wanted);
        }
    }

    /** A button with an icon and a text. */
    public static Button button(String icon, String text, Runnable action) {
        Button button = new Button(text, Icons.icon(icon));
        button.setOnAction(event -> action.run());
        return button;
    }

    /**
     * Has only what changed in a pane drawn again. By itself a pane keeps a picture of all that it
     * shows, and every change of a number would have that made anew.
     */
    public static void drawOnlyChanges(ScrollPane pane) {
        pane.skinProperty()
                .subscribe(skin -> pane.lookupAll(".viewport").forEach(it -> it.setCache(false)));
    }

    /** Whether a node is in a window that is open. */
    public static boolean isOnScreen(Node node) {
        Scene scene = node.getScene();
        return scene != null && scene.getWindow() != null && scene.getWindow().isShowing();
    }

    /**
     * Ties each label in the first column of a form to the first input beside it: the key that the
     * label marks leads there, and the input is named after it, unless it has a name of its own.
     */
    public static void nameInputs(GridPane form) {
        for (Node child : List.copyOf(form.getChildren())) {
            if (child instanceof Label label) {
                inputs(form)
                        .filter(input -> rowOf(input, form) == GridPane.getRowIndex(label))
                        .findFirst()
                        .ifPresent(input -> name(input, label));
            }
        }
    }

    private static Stream<Node> inputs(Parent part) {
        return part.getChildrenUnmodifiable().stream()
                .flatMap(
                        node ->
                                isInput(node)
                                        ? Stream.of(node)
                                        : node instanceof Pane pane ? inputs(pane) : Stream.of());
    }

    private static boolean isInput(Node node) {
        return node instanceof TextInputControl || node instanceof ComboBox;
    }

    private static int rowOf(Node input, GridPane form) {
        Node part = input;
        while (part.getParent() != form) {
            part = part.getParent();
        }
        return GridPane.getRowIndex(part);
    }

    private static void name(Node input, Label label) {
        label.setMnemonicParsing(true);
        label.setLabelFor(input);
        if (input.getAccessibleText() == null) {
            input.setAccessibleText(label.getText().replace("_", ""));
        }
    }

    /** A condition as an expression, to be joined with others. */
    public static BooleanExpression asBoolean(ObservableValue<Boolean> condition) {
        return BooleanExpression.booleanExpression(condition);
    }

    /** Puts a text on the clipboard. */
    public static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
