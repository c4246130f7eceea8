package dev.sluice.ui.shell;

import dev.sluice.ui.common.FxmlView;

import javafx.scene.input.KeyCode;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** What the middle of the window shows, in the order of the navigation. */
public enum Page {
    /** Every database of every server. */
    HOME("fth-home", FxmlView.HOME, KeyCode.DIGIT1),
    /** The form of a server; the first page leads to it. */
    SERVER("fth-server", FxmlView.SERVER, null),
    /** The form of a backup. */
    BACKUP("fth-download", FxmlView.BACKUP, KeyCode.DIGIT2),
    /** Backup sets. */
    SETS("fth-archive", FxmlView.SETS, KeyCode.DIGIT3),
    /** The guided restore. */
    RESTORE("fth-rotate-ccw", FxmlView.RESTORE, KeyCode.DIGIT4),
    /** The job that is looked at; it has a view of its own. */
    JOB("fth-activity", null, KeyCode.DIGIT5),
    /** The history of runs. */
    HISTORY("fth-clock", FxmlView.HISTORY, KeyCode.DIGIT6),
    /** What the doctor found on this machine. */
    DOCTOR("fth-thermometer", FxmlView.DOCTOR, KeyCode.DIGIT7),
    /** The settings, and what Sluice is. */
    SETTINGS("fth-settings", FxmlView.SETTINGS, KeyCode.COMMA);

    private final String icon;
    private final @Nullable FxmlView view;
    private final @Nullable KeyCode key;

    Page(String icon, @Nullable FxmlView view, @Nullable KeyCode key) {
        this.icon = icon;
        this.view = view;
        this.key = key;
    }

    /** Name of its icon. */
    String icon() {
        return icon;
    }

    /** What it shows; null for the page of jobs. */
    @Nullable FxmlView view() {
        return view;
    }

    /** The key that leads to it, together with Ctrl; null for none. */
    public @Nullable KeyCode key() {
        return key;
    }

    /** The id of the button that leads to it. */
    public String id() {
        return "page-" + name().toLowerCase(Locale.ROOT);
    }

    /** The page of the navigation that it is a part of; mostly itself. */
    Page place() {
        return this == SERVER ? HOME : this;
    }
}
