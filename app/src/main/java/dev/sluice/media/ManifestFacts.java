package dev.sluice.media;

import dev.sluice.sql.SqlMessage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What the manifest needs and only the run knows. Nothing here may be a secret.
 *
 * @param toolVersion of this Sluice
 * @param instance the bare instance name; null for the default instance
 * @param scope which part of the database, by its word; null for the whole
 * @param copyOnly WITH COPY_ONLY
 * @param statement the T-SQL that was run
 * @param blockSize as the server configured the set, in bytes
 * @param maxTransferSize as the server configured the set, in bytes
 * @param messages of the server, in order
 * @param trigger who or what started the run
 * @param started when the run started
 * @param finished when the server had given its verdict
 */
public record ManifestFacts(
        String toolVersion,
        @Nullable String instance,
        @Nullable String scope,
        boolean copyOnly,
        String statement,
        int blockSize,
        int maxTransferSize,
        List<SqlMessage> messages,
        String trigger,
        Instant started,
        Instant finished) {}
