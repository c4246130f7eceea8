package dev.sluice.ui.common;

import dev.sluice.job.BackupHealth;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.job.JobState;
import dev.sluice.job.RunRecord;
import dev.sluice.sql.DatabaseInfo;

import org.kordamp.ikonli.javafx.FontIcon;

/** Which icon stands for what. Colour and size come from the stylesheet. */
public final class Icons {

    private Icons() {}

    /** The icon of a job's state. */
    public static FontIcon of(JobState state) {
        return icon(
                switch (state) {
                    case PREPARING -> "fth-clipboard";
                    case CONNECTING -> "fth-link";
                    case STREAMING -> "fth-activity";
                    case FINALISING -> "fth-archive";
                    case CANCELLING -> "fth-log-out";
                    case COMPLETED -> "fth-check-circle";
                    case CANCELLED -> "fth-slash";
                    case FAILED -> "fth-alert-octagon";
                });
    }

    /** The icon of how a run ended. */
    public static FontIcon of(RunRecord.Outcome outcome) {
        return icon(
                switch (outcome) {
                    case RUNNING -> "fth-activity";
                    case COMPLETED -> "fth-check-circle";
                    case CANCELLED -> "fth-slash";
                    case FAILED -> "fth-alert-octagon";
                    case INTERRUPTED -> "fth-alert-triangle";
                });
    }

    /** The icon of a device's state. */
    public static FontIcon of(DeviceState state) {
        return icon(
                switch (state) {
                    case OPEN -> "fth-circle";
                    case WAITING -> "fth-clock";
                    case CHECKING -> "fth-hash";
                    case IN_IO -> "fth-hard-drive";
                    case THROTTLED -> "fth-pause";
                    case CLOSED -> "fth-check";
                    case ABORTED -> "fth-slash";
                    case FAILED -> "fth-alert-octagon";
                });
    }

    /** The icon of a database's state. */
    public static FontIcon of(DatabaseInfo.State state) {
        return icon(
                switch (state) {
                    case ONLINE -> "fth-database";
                    case RESTORING, STANDBY, RECOVERING -> "fth-rotate-ccw";
                    case OFFLINE -> "fth-slash";
                    case SUSPECT, RECOVERY_PENDING, EMERGENCY, UNKNOWN -> "fth-alert-triangle";
                });
    }

    /** The icon of how well a database is backed up. */
    public static FontIcon of(BackupHealth.State state) {
        return icon(
                switch (state) {
                    case FAILED -> "fth-alert-octagon";
                    case OVERDUE -> "fth-clock";
                    case NEVER, LOG -> "fth-alert-triangle";
                    case UNKNOWN -> "fth-help-circle";
                    case GOOD -> "fth-check-circle";
                });
    }

    /** An icon by its name. */
    public static FontIcon icon(String name) {
        return new FontIcon(name);
    }
}
