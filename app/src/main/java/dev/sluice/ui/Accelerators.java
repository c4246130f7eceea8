package dev.sluice.ui;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCombination;

import java.util.Map;

/** The keys that press buttons of the window, whichever node has the focus. */
final class Accelerators {

    private static final Map<String, String> BUTTONS =
            Map.of(
                    "Shortcut+1", "#page-home",
                    "Shortcut+2", "#page-backup",
                    "Shortcut+3", "#page-sets",
                    "Shortcut+4", "#page-job",
                    "Shortcut+5", "#page-history",
                    "Shortcut+6", "#page-doctor",
                    "Shortcut+Comma", "#page-settings",
                    "Shortcut+S", "#save-profile",
                    "Shortcut+Period", "#cancel-job",
                    "F5", "#refresh");

    private Accelerators() {}

    static void addTo(Scene scene) {
        BUTTONS.forEach(
                (keys, button) ->
                        scene.getAccelerators()
                                .put(
                                        KeyCombination.valueOf(keys),
                                        () -> press(scene.lookup(button))));
    }

    private static void press(Node node) {
        if (node instanceof ButtonBase button && isShown(button)) {
            button.fire();
        }
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
