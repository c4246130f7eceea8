package dev.sluice.ui.sidebar;

import dev.sluice.job.CommandText;
import dev.sluice.job.CommandText.Shell;
import dev.sluice.job.Profile;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Texts;

import javafx.collections.ObservableList;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * What can be done with a profile, by menu and by key. The list hands over its keys: as an
 * accelerator of the window, Delete would delete a profile wherever the focus is.
 */
final class ProfileMenu extends ContextMenu {

    /** What the items do with the profile that is selected. */
    interface Actions {
        /** Runs it. */
        void run(Profile profile);

        /** Opens it in its form. */
        void edit(Profile profile);

        /** Asks for a name and saves the same under it. */
        void duplicate(Profile profile);

        /** Moves it, up when negative. */
        void move(Profile profile, int by);

        /** Copies a command, or tells that it cannot be written. */
        void copy(Optional<String> command);

        /** Asks for a file and writes it there. */
        void export(Profile profile);

        /** Asks, and deletes it. */
        void delete(Profile profile);
    }

    private final Consumer<Consumer<Profile>> withSelected;

    /**
     * A menu.
     *
     * @param withSelected hands the selected profile, if there is one, to an action
     */
    ProfileMenu(Texts texts, Actions actions, Consumer<Consumer<Profile>> withSelected) {
        this.withSelected = withSelected;
        add("run", "fth-play", texts.get("profiles.menu.run"), "Shortcut+Enter", actions::run);
        add("edit", "fth-edit-2", texts.get("profiles.menu.edit"), "Enter", actions::edit);
        add(
                "duplicate",
                "fth-copy",
                texts.get("profiles.menu.duplicate"),
                "Shortcut+D",
                actions::duplicate);
        add(
                "up",
                "fth-arrow-up",
                texts.get("profiles.menu.up"),
                "Alt+Up",
                profile -> actions.move(profile, -1));
        add(
                "down",
                "fth-arrow-down",
                texts.get("profiles.menu.down"),
                "Alt+Down",
                profile -> actions.move(profile, 1));
        getItems().add(new SeparatorMenuItem());
        for (Shell shell : Shell.ofThisSystem()) {
            addCommands(texts, actions, shell);
        }
        getItems().add(new SeparatorMenuItem());
        add("export", "fth-share", texts.get("profiles.menu.export"), "", actions::export);
        add("delete", "fth-trash-2", texts.get("profiles.menu.delete"), "Delete", actions::delete);
    }

    private void addCommands(Texts texts, Actions actions, Shell shell) {
        boolean first = shell == Shell.ofThisSystem().getFirst();
        add(
                "command",
                "fth-terminal",
                texts.of("profiles.menu.command", shell),
                first ? "Shortcut+C" : "",
                profile -> actions.copy(CommandText.run(profile, shell)));
        add(
                "full-command",
                "fth-terminal",
                texts.of("profiles.menu.full", shell),
                first ? "Shortcut+Shift+C" : "",
                profile -> actions.copy(CommandText.of(profile.request(), shell)));
    }

    private MenuItem add(
            String id, String icon, String text, String keys, Consumer<Profile> action) {
        MenuItem item = new MenuItem(text, Icons.icon(icon));
        item.setId("profile-" + id);
        if (!keys.isEmpty()) {
            item.setAccelerator(KeyCombination.valueOf(keys));
        }
        item.setOnAction(event -> withSelected.accept(action));
        getItems().add(item);
        return item;
    }

    /** Does what a key of the list stands for, if anything. */
    void press(KeyEvent event) {
        ObservableList<MenuItem> items = getItems();
        items.stream()
                .filter(item -> item.getAccelerator() != null)
                .filter(item -> item.getAccelerator().match(event))
                .findFirst()
                .ifPresent(
                        item -> {
                            event.consume();
                            item.fire();
                        });
    }
}
