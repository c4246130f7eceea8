package dev.sluice.ui.sidebar;

import dev.sluice.job.RunRecord;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.ui.common.Ages;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Texts;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.Locale;

/** A database: its name and size, and under it its state and last backup. */
final class DatabaseCell extends ListCell<DatabaseRow> {

    private final Texts texts;
    private final InstantSource clock;
    private final Label name = new Label();
    private final Label size = new Label();
    private final Label state = new Label();
    private final VBox box = new VBox(new HBox(name, size), state);

    DatabaseCell(Texts texts, InstantSource clock) {
        this.texts = texts;
        this.clock = clock;
        getStyleClass().add("sidebar-cell");
        name.getStyleClass().add("sidebar-name");
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        size.getStyleClass().addAll("number", "quiet");
        size.setMinWidth(USE_PREF_SIZE);
        state.getStyleClass().add("quiet");
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable DatabaseRow row, boolean empty) {
        super.updateItem(row, empty);
        setGraphic(empty ? null : box);
        getStyleClass().removeIf(style -> style.startsWith("database-is-"));
        if (!empty && row != null) {
            show(row);
        }
    }

    private void show(DatabaseRow row) {
        DatabaseInfo info = row.info();
        getStyleClass().add("database-is-" + info.state().name().toLowerCase(Locale.ROOT));
        name.setText(info.name());
        name.setGraphic(Icons.of(info.state()));
        size.setText(Formats.bytes(info.sizeBytes()));
        state.setText(state(info.state(), row.lastBackup()));
    }

    private String state(DatabaseInfo.State now, @Nullable RunRecord last) {
        String backup =
                last == null
                        ? texts.get("databases.neverBackedUp")
                        : texts.get(
                                "databases.lastBackup",
                                Ages.of(
                                        last.started().plus(last.duration()),
                                        clock.instant(),
                                        texts),
                                String.valueOf(last.type()));
        return now == DatabaseInfo.State.ONLINE
                ? backup
                : texts.of("databases.state", now) + " · " + backup;
    }
}
