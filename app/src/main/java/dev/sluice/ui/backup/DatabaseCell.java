package dev.sluice.ui.backup;

import dev.sluice.sql.DatabaseInfo;
import dev.sluice.ui.backup.DatabasesModel.Item;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Texts;

import javafx.scene.control.CheckBox;
import javafx.scene.control.ListCell;

import org.jspecify.annotations.Nullable;

/** A database to tick, with its state where it is not an ordinary one. */
final class DatabaseCell extends ListCell<Item> {

    private final Texts texts;
    private final CheckBox box = new CheckBox();
    private @Nullable Item bound;

    DatabaseCell(Texts texts) {
        this.texts = texts;
        box.setMnemonicParsing(false);
        // the list has the focus, and ticks with the space bar
        box.setFocusTraversable(false);
    }

    @Override
    protected void updateItem(@Nullable Item item, boolean empty) {
        super.updateItem(item, empty);
        if (bound != null) {
            box.selectedProperty().unbindBidirectional(bound.chosen());
        }
        bound = empty ? null : item;
        setGraphic(bound == null ? null : box);
        setAccessibleText(null);
        if (bound != null) {
            box.setText(words(bound));
            box.setGraphic(bound.state() == null ? null : Icons.of(bound.state()));
            box.selectedProperty().bindBidirectional(bound.chosen());
            setAccessibleText(box.getText());
        }
    }

    private String words(Item item) {
        DatabaseInfo.State state = item.state();
        if (state == DatabaseInfo.State.ONLINE) {
            return item.name();
        }
        return texts.get(
                "backup.databases.state",
                item.name(),
                state == null
                        ? texts.get("backup.databases.gone")
                        : texts.of("databases.state", state));
    }
}
