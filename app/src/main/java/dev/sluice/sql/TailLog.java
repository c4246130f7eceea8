package dev.sluice.sql;

/** How BACKUP LOG treats the tail of the log, before the database is restored. */
public enum TailLog {
    /** An ordinary log backup. */
    NONE(false, false),
    /** NORECOVERY: leaves the database restoring, so that nothing comes after the tail. */
    NORECOVERY(true, false),
    /** NO_TRUNCATE: tries even when the database is damaged. */
    NO_TRUNCATE(false, true),
    /** Both: of a damaged database, which is left restoring. */
    NORECOVERY_NO_TRUNCATE(true, true);

    private final boolean noRecovery;
    private final boolean noTruncate;

    TailLog(boolean noRecovery, boolean noTruncate) {
        this.noRecovery = noRecovery;
        this.noTruncate = noTruncate;
    }

    /** The value with these options. */
    public static TailLog of(boolean noRecovery, boolean noTruncate) {
        if (noRecovery) {
            return noTruncate ? NORECOVERY_NO_TRUNCATE : NORECOVERY;
        }
        return noTruncate ? NO_TRUNCATE : NONE;
    }

    /** Whether the database is left restoring. */
    public boolean noRecovery() {
        return noRecovery;
    }

    /** Whether the log is backed up whatever the database's state. */
    public boolean noTruncate() {
        return noTruncate;
    }
}
