package dev.sluice.ui.running;

import dev.sluice.job.JobEvent;
import dev.sluice.ui.common.Nodes;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** A line of the log: the time, an icon for its weight, the text. */
public final class LogCell extends ListCell<LogLine> {

    /** Time, icon, paddings and the scroll bar. */
    private static final double BESIDE_THE_TEXT = 170;

    private final Label time = new Label();
    private final FontIcon icon = new FontIcon();
    private final Label text = new Label();
    private final HBox line = new HBox(time, icon, text);

    /** A cell of a list. */
    public LogCell(ListView<LogLine> list) {
        getStyleClass().add("log-cell");
        time.getStyleClass().addAll("number", "log-time");
        time.setMinWidth(USE_PREF_SIZE);
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        line.getStyleClass().add("log-line");
        // the list is never wider than what is seen of it, so that long lines wrap
        setPrefWidth(0);
        text.prefWidthProperty().bind(list.widthProperty().subtract(BESIDE_THE_TEXT));
    }

    @Override
    protected void updateItem(@Nullable LogLine item, boolean empty) {
        super.updateItem(item, empty);
        Nodes.mark(this, "log-is-", empty || item == null ? null : item.level());
        setGraphic(empty ? null : line);
        if (!empty && item != null) {
            show(item);
        }
    }

    private void show(LogLine item) {
        time.setText(item.time());
        text.setText(item.text());
        icon.setIconLiteral(icon(item.level()));
    }

    private static String icon(JobEvent.Level level) {
        return switch (level) {
            case INFO -> "fth-chevron-right";
            case SERVER -> "fth-server";
            case WARNING -> "fth-alert-triangle";
            case ERROR -> "fth-alert-octagon";
        };
    }
}
