package dev.sluice.ui.running;

import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Texts;

import javafx.scene.control.TableCell;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** What a device worker does: an icon and a word. */
final class DeviceStateCell extends TableCell<DeviceRow, DeviceState> {

    private final Texts texts;

    DeviceStateCell(Texts texts) {
        this.texts = texts;
        getStyleClass().add("device-state");
    }

    @Override
    protected void updateItem(@Nullable DeviceState state, boolean empty) {
        super.updateItem(state, empty);
        getStyleClass().removeIf(style -> style.startsWith("device-is-"));
        if (empty || state == null) {
            setText(null);
            setGraphic(null);
            return;
        }
        getStyleClass().add("device-is-" + state.name().toLowerCase(Locale.ROOT));
        setText(texts.of("device.state", state));
        setGraphic(Icons.of(state));
    }
}
