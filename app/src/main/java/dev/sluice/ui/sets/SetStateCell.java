package dev.sluice.ui.sets;

import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.StateCell;
import dev.sluice.ui.common.Texts;

/** What a set is: an icon and a word. */
final class SetStateCell extends StateCell<SetRow, SetRow.State> {

    SetStateCell(Texts texts) {
        super(
                "set-state",
                "set-is-",
                state -> texts.of("sets.state", state),
                state -> Icons.icon(icon(state)));
    }

    private static String icon(SetRow.State state) {
        return switch (state) {
            case COMMITTED -> "fth-archive";
            case VERIFIED -> "fth-check-circle";
            case DAMAGED -> "fth-alert-octagon";
            case UNREADABLE -> "fth-alert-circle";
            case BEING_WRITTEN -> "fth-edit-3";
            case REMAINS -> "fth-trash-2";
            case LOG_REMAINS -> "fth-alert-triangle";
        };
    }
}
