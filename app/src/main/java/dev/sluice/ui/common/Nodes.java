package dev.sluice.ui.common;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Small moves on nodes that every view needs. */
public final class Nodes {

    private Nodes() {}

    /** Shows a node, and gives it room, only while a condition holds. */
    public static void showWhen(Node node, ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
    }

    /** A node that shows no text of its own tells its name to assistive technology. */
    public static void name(Node node, String name) {
        node.setAccessibleText(name);
    }

    /** A button with an icon and a text. */
    public static Button button(String icon, String text, Runnable action) {
        Button button = new Button(text, Icons.icon(icon));
        button.setOnAction(event -> action.run());
        return button;
    }

    /** Puts a text on the clipboard. */
    public static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
