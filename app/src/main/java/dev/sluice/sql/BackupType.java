package dev.sluice.sql;

import org.jspecify.annotations.Nullable;

/** What a backup contains. */
public enum BackupType {
    /** The whole database. */
    FULL("full"),
    /** The extents changed since the last full backup. */
    DIFFERENTIAL("diff"),
    /** The transaction log. */
    LOG("log");

    private final String word;

    BackupType(String word) {
        this.word = word;
    }

    /** The word for it on the command line, in folder names and in manifests. */
    public String word() {
        return word;
    }

    /**
     * The same for a part of a database, such as {@code full, files}.
     *
     * @param scope by its {@linkplain Scope#word word}; null for the whole database
     */
    public String word(@Nullable String scope) {
        return scope == null ? word : word + ", " + scope;
    }

    /** The type with this word, in any case. */
    public static BackupType of(String word) {
        for (BackupType type : values()) {
            if (type.word.equalsIgnoreCase(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "\"" + word + "\" is no backup type; use full, diff or log");
    }
}
