package dev.sluice.ui.shell;

/** What the middle of the window shows. */
public enum Page {
    /** The form of a backup. */
    BACKUP,
    /** Backup sets. */
    SETS,
    /** The form of a restore. */
    RESTORE,
    /** The job. */
    JOB
}
