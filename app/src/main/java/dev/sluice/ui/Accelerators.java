package dev.sluice.ui;

import dev.sluice.ui.shell.Page;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

import java.util.Map;

/** The keys that press buttons of the window, whichever node has the focus. */
final class Accelerators {

    /** Which button is pressed of those that are shown, by id or style class. */
    private static final Map<String, String> BUTTONS =
            Map.of(
                    "Shortcut+S", "#save-profile",
                    "Alt+Right", "#restore-next",
                    "Alt+Left", "#restore-back",
                    "F5", ".look-again");

    private Accelerators() {}

    /**
     * Adds them.
     *
     * @param cancel asks a job to stop, of which there may be several
     */
    static void addTo(Scene scene, Runnable cancel) {
        BUTTONS.forEach((keys, button) -> add(scene, KeyCombination.valueOf(keys), button));
        for (Page page : Page.values()) {
            KeyCode key = page.key();
            if (key != null) {
                KeyCombination keys = new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN);
                add(scene, keys, "#" + page.id());
            }
        }
        scene.getAccelerators().put(KeyCombination.valueOf("Shortcut+Period"), cancel);
    }

    private static void add(Scene scene, KeyCombination keys, String button) {
        scene.getAccelerators().put(keys, () -> press(scene, button));
    }

    private static void press(Scene scene, String button) {
        scene.getRoot().lookupAll(button).stream()
                .filter(Accelerators::isShown)
                .findFirst()
                .ifPresent(node -> ((ButtonBase) node).fire());
    }

    private static boolean isShown(Node node) {
        for (Node part = node; part != null; part = part.getParent()) {
            if (!part.isVisible()) {
                return false;
            }
        }
        return true;
    }
}
