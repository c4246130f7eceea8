package dev.sluice.ui.running;

import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.running.Bottleneck.Cause;

import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a device's worker waited for: a bar of all shares, and the largest in words. */
final class SharesCell extends TableCell<DeviceRow, Shares> {

    private static final List<Cause> CAUSES =
            List.of(Cause.SERVER, Cause.DIGESTS, Cause.DISK, Cause.RATE_LIMIT);

    private final Texts texts;
    private final SharesBar bar = new SharesBar();
    private final Label words = new Label();
    private final Tooltip all = new Tooltip();
    private final HBox line = new HBox(bar, words);

    SharesCell(Texts texts) {
        this.texts = texts;
        getStyleClass().add("shares-cell");
        line.getStyleClass().add("shares");
        words.getStyleClass().add("shares-words");
        words.setMinWidth(USE_PREF_SIZE);
        for (Cause cause : CAUSES) {
            bar.addPart("share-" + cause.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    @Override
    protected void updateItem(@Nullable Shares shares, boolean empty) {
        super.updateItem(shares, empty);
        boolean shown = !empty && shares != null && shares.most() != Cause.UNKNOWN;
        setGraphic(shown ? line : null);
        setTooltip(shown ? all : null);
        if (shown && shares != null) {
            bar.show(CAUSES.stream().map(shares::of).toList());
            words.setText(part(shares, shares.most()));
            all.setText(
                    CAUSES.stream()
                            .map(cause -> part(shares, cause))
                            .collect(Collectors.joining("\n")));
        }
    }

    private String part(Shares shares, Cause cause) {
        return texts.get(
                "devices.share",
                texts.of("devices.waits", cause),
                Formats.percent(shares.of(cause)));
    }
}
