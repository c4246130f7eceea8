package dev.sluice.ui.home;

import dev.sluice.sql.DatabaseInfo;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Texts;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What can be done with a database, by menu and by key. The list hands over its keys: as
 * accelerators of the window, single letters could not be typed any more.
 */
final class HomeMenu extends ContextMenu {

    private final Supplier<@Nullable HomeItem> selected;
    private final MenuItem backUp;
    private final MenuItem restore;

    HomeMenu(Texts texts, HomeController.Choices choices, Supplier<@Nullable HomeItem> selected) {
        this.selected = selected;
        backUp = item("fth-download", texts.get("home.backUp"), "B", choices::backUp);
        restore = item("fth-rotate-ccw", texts.get("home.restore"), "R", choices::restore);
        backUp.setId("menu-back-up");
        restore.setId("menu-restore");
        getItems().setAll(backUp, restore);
        setOnShowing(showing -> adapt());
    }

    private MenuItem item(String icon, String text, String key, Consumer<DatabaseRow> action) {
        MenuItem item = new MenuItem(text, Icons.icon(icon));
        item.setAccelerator(KeyCombination.valueOf(key));
        item.setOnAction(
                event -> {
                    if (selected.get() instanceof DatabaseRow row) {
                        action.accept(row);
                    }
                });
        return item;
    }

    private void adapt() {
        backUp.setDisable(
                !(selected.get() instanceof DatabaseRow row
                        && row.info().state() == DatabaseInfo.State.ONLINE));
        restore.setDisable(
                !(selected.get() instanceof DatabaseRow row && DatabaseLine.hasSet(row)));
    }

    /** Does what a key of the list stands for, if anything. */
    void press(KeyEvent event) {
        adapt();
        getItems().stream()
                .filter(item -> !item.isDisable() && item.getAccelerator().match(event))
                .findFirst()
                .ifPresent(MenuItem::fire);
    }

    /** Restores what has a backup, and backs up what has none. */
    void enter() {
        adapt();
        if (!restore.isDisable()) {
            restore.fire();
        } else if (!backUp.isDisable()) {
            backUp.fire();
        }
    }
}
