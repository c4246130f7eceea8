package dev.sluice.job;

/** What a job does. */
public enum JobKind {
    /** Writes a backup set. */
    BACKUP,
    /** Restores a database from a backup set. */
    RESTORE,
    /** Looks at what a backup or restore would do, and changes nothing. */
    INSPECTION,
    /** Has the server read a whole backup set and check it; changes nothing. */
    VERIFICATION,
    /** Sluice itself reads a whole backup set and compares it with the manifest. No job does it. */
    CHECK
}
