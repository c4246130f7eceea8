package dev.sluice.ui.restore;

import dev.sluice.job.RunRecord;
import dev.sluice.media.BackupSet;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

import org.jspecify.annotations.Nullable;

/** A set in the table of those to choose from. FX thread. */
final class SetLine {

    private final BackupSet set;
    private final @Nullable RunRecord verification;
    private final BooleanProperty chosen = new SimpleBooleanProperty();

    /**
     * @param verification the newest one that came to a verdict; null when there was none
     */
    SetLine(BackupSet set, @Nullable RunRecord verification) {
        this.set = set;
        this.verification = verification;
    }

    BackupSet set() {
        return set;
    }

    @Nullable RunRecord verification() {
        return verification;
    }

    /** Whether it is to be restored. */
    BooleanProperty chosen() {
        return chosen;
    }
}
