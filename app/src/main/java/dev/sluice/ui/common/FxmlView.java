package dev.sluice.ui.common;

import java.net.URL;
import java.util.Objects;

/** Every FXML file of the window. */
public enum FxmlView {
    /** The whole window: sidebar, header, pages. */
    SHELL("shell/Shell.fxml"),
    /** Every database of every server. */
    HOME("home/Home.fxml"),
    /** The form of a server. */
    SERVER("server/Server.fxml"),
    /** Profiles. */
    SIDEBAR("sidebar/Sidebar.fxml"),
    /** The form of a backup. */
    BACKUP("backup/Backup.fxml"),
    /** Backup sets under a folder. */
    SETS("sets/Sets.fxml"),
    /** The guided restore. */
    RESTORE("restore/Restore.fxml"),
    /** The history of runs. */
    HISTORY("history/History.fxml"),
    /** What the doctor found. */
    DOCTOR("doctor/Doctor.fxml"),
    /** The settings, and what Sluice is. */
    SETTINGS("settings/Settings.fxml"),
    /** The bar that stays at the top as long as there is a job. */
    JOB_BAR("running/JobBar.fxml"),
    /** A job in all its parts. */
    RUNNING("running/Running.fxml");

    private final String path;

    FxmlView(String path) {
        this.path = path;
    }

    /** Where the file is. */
    public URL url() {
        return Objects.requireNonNull(
                FxmlView.class.getResource("/dev/sluice/ui/" + path), "no resource " + path);
    }
}
