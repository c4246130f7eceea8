package dev.sluice.ui.shell;

import dev.sluice.ui.common.FxmlView;

import org.jspecify.annotations.Nullable;

/** What the middle of the window shows, in the order of the navigation. */
public enum Page {
    /** Every database of every server. */
    HOME("fth-home", FxmlView.HOME),
    /** The form of a server; the first page leads to it. */
    SERVER("fth-server", FxmlView.SERVER),
    /** The form of a backup. */
    BACKUP("fth-download", FxmlView.BACKUP),
    /** Backup sets. */
    SETS("fth-archive", FxmlView.SETS),
    /** The guided restore. */
    RESTORE("fth-rotate-ccw", FxmlView.RESTORE),
    /** The job that is looked at; it has a view of its own. */
    JOB("fth-activity", null),
    /** The history of runs. */
    HISTORY("fth-clock", FxmlView.HISTORY),
    /** What the doctor found on this machine. */
    DOCTOR("fth-thermometer", FxmlView.DOCTOR),
    /** The settings, and what Sluice is. */
    SETTINGS("fth-settings", FxmlView.SETTINGS);

    private final String icon;
    private final @Nullable FxmlView view;

    Page(String icon, @Nullable FxmlView view) {
        this.icon = icon;
        this.view = view;
    }

    /** Name of its icon. */
    String icon() {
        return icon;
    }

    /** What it shows; null for the page of jobs. */
    @Nullable FxmlView view() {
        return view;
    }

    /** The page of the navigation that it is a part of; mostly itself. */
    Page place() {
        return this == SERVER ? HOME : this;
    }
}
