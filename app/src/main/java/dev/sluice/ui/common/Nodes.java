package dev.sluice.ui.common;

import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

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

    /** Whether a node is in a window that is open. */
    public static boolean isOnScreen(Node node) {
        Scene scene = node.getScene();
        return scene != null && scene.getWindow() != null && scene.getWindow().isShowing();
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
