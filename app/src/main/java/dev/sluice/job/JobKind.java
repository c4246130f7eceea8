package dev.sluice.job;

/** What a job does. */
public enum JobKind {
    /** Writes a backup set. */
    BACKUP,
    /** Restores a database from a backup set. */
    RESTORE
}
