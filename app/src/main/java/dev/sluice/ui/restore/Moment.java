package dev.sluice.ui.restore;

import dev.sluice.media.BackupSet;
import dev.sluice.sql.StopAt;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;

/**
 * The moment a database is to be brought to.
 *
 * @param at in the time of the server that made the backups, whole seconds
 * @param end the set whose end it is; null for a moment within a log backup
 */
record Moment(LocalDateTime at, @Nullable BackupSet end) {

    /** What the RESTORE statements say of it. */
    StopAt stopAt() {
        return end == null ? new StopAt.Time(at) : new StopAt.End();
    }
}
