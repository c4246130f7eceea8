package dev.sluice.ui;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCombination;

import java.util.Map;

/** The keys that press buttons of the window, whichever node has the focus. */
final class Accelerators {

    private static final Map<String, String> BUTTONS =
            Map.ofEntries(
                    Map.entry("Shortcut+1", "#page-home"),
                    Map.entry("Shortcut+2", "#page-backup"),
                    Map.entry("Shortcut+3", "#page-sets"),
                    Map.entry("Shortcut+4", "#page-restore"),
                    Map.entry("Shortcut+5", "#page-job"),
                    Map.entry("Shortcut+6", "#page-history"),
                    Map.entry("Shortcut+7", "#page-doctor"),
                    Map.entry("Shortcut+Comma", "#page-settings"),
                    Map.entry("Shortcut+S", "#save-profile"),
                    Map.entry("Shortcut+Period", "#cancel-job"),
                    Map.entry("Alt+Right", "#restore-next"),
                    Map.entry("Alt+Left", "#restore-back"),
                    Map.entry("F5", "#refresh"));

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
