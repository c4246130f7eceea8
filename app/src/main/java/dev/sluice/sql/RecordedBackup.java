package dev.sluice.sql;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A backup as the server's own record has it, whoever made it.
 *
 * @param database name of the database
 * @param type what it contains
 * @param scope the word for a part of the database, as {@link Scope#word} has it; null for all of
 *     it
 * @param copyOnly {@code COPY_ONLY}: no differential backup builds on it, and of a log, none is
 *     freed by it
 * @param started when it began, as told by the server like the end
 * @param finished when it was finished, by the server's clock, in whole seconds
 * @param user the login that made it; empty when it is not known
 * @param device where it went, or the first of several places: a file, a URL, the name of a virtual
 *     device; empty when it is not known
 */
public record RecordedBackup(
        String database,
        BackupType type,
        @Nullable String scope,
        boolean copyOnly,
        Instant started,
        Instant finished,
        String user,
        String device) {

    /** The type as the history writes it, such as {@code full, files}. */
    public String word() {
        return type.word(scope);
    }
}
