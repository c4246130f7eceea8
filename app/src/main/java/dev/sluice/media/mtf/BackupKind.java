package dev.sluice.media.mtf;

/** What a backup set contains, by the letter SQL Server writes (also msdb..backupset.type). */
public enum BackupKind {
    /** A full backup. */
    DATABASE('D'),
    /** The extents changed since the last full backup. */
    DIFFERENTIAL('I'),
    /** The transaction log. */
    LOG('L'),
    /** A letter we do not know. */
    UNKNOWN('?');

    private final char letter;

    BackupKind(char letter) {
        this.letter = letter;
    }

    /** The letter on tape. */
    public char letter() {
        return letter;
    }

    /** The kind with this letter, {@link #UNKNOWN} for any other. */
    public static BackupKind of(char letter) {
        for (BackupKind kind : values()) {
            if (kind.letter == letter) {
                return kind;
            }
        }
        return UNKNOWN;
    }
}
