package dev.sluice.ui.common;

import dev.sluice.sql.BackupType;

import org.jspecify.annotations.Nullable;

/** The type of a backup, within a line. */
public final class TypeText {

    private static final String FILES = "files";
    private static final String PARTIAL = "partial";

    private TypeText() {}

    /**
     * A type as manifests and profiles have it.
     *
     * @param scope the word for a part of a database; null for all of it
     */
    public static String of(BackupType type, @Nullable String scope, Texts texts) {
        String whole = texts.of("type", type);
        return scope == null ? whole : texts.get("type.part", whole, scope(scope, texts));
    }

    /**
     * A type as the history keeps it, such as {@code full} or {@code full, files}. What it does not
     * know stays as it is: the history of a later version may tell of more.
     */
    public static String ofHistory(String type, Texts texts) {
        String[] words = type.split(", ", 2);
        for (BackupType known : BackupType.values()) {
            if (known.word().equals(words[0])) {
                return of(known, words.length == 1 ? null : words[1], texts);
            }
        }
        return type;
    }

    /** The same of {@link dev.sluice.sql.Scope#word}. */
    public static String scope(String scope, Texts texts) {
        return switch (scope) {
            case FILES -> texts.get("type.files");
            case PARTIAL -> texts.get("type.partial");
            default -> scope;
        };
    }
}
