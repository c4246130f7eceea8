package dev.sluice.media.mtf;

/** What a backup set contains, by the letter SQL Server writes (also msdb..backupset.type). */
public enum BackupKind {
    /** A full backup. */
    DATABASE('D'),
    /** The extents changed since the last full backup. */
    DIFFERENTIAL('I'),
    /** The transaction log. */
    LOG('L'),
    /** Some files or filegroups. */
    FILES('F'),
    /** The extents of some files changed since the last full backup of each. */
    FILES_DIFFERENTIAL('G'),
    /** The primary filegroup and all others that can be written. */
    PARTIAL('P'),
    /** The extents changed since the last partial backup. */
    PARTIAL_DIFFERENTIAL('Q'),
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

    /** Whether it holds only what changed since another. */
    public boolean isDifferential() {
        return switch (this) {
            case DIFFERENTIAL, FILES_DIFFERENTIAL, PARTIAL_DIFFERENTIAL -> true;
            case DATABASE, LOG, FILES, PARTIAL, UNKNOWN -> false;
        };
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
