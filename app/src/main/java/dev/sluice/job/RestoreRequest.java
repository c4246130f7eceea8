package dev.sluice.job;

import dev.sluice.sql.TransferOptions;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * What a restore job is asked to do.
 *
 * @param server name of the server
 * @param set folder of the backup set: the one that holds manifest.json
 * @param database name of the database to restore to; null for the name in the set
 * @param replace WITH REPLACE: an existing database may be overwritten
 * @param noRecovery WITH NORECOVERY: leaves the database restoring, for a differential to follow
 * @param transfer sizes of the statement; BLOCKSIZE is taken from the set
 * @param limitRate bytes per second for all devices together; 0 for no limit
 */
public record RestoreRequest(
        String server,
        Path set,
        @Nullable String database,
        boolean replace,
        boolean noRecovery,
        TransferOptions transfer,
        long limitRate)
        implements JobRequest {

    /** Refuses what can never work, with the rule. */
    public RestoreRequest {
        if (database != null && database.isBlank()) {
            throw new IllegalArgumentException("the name of the database to restore to is blank");
        }
        if (limitRate < 0) {
            throw new IllegalArgumentException(
                    "a rate limit of %d bytes per second is negative".formatted(limitRate));
        }
    }

    @Override
    public JobKind kind() {
        return JobKind.RESTORE;
    }
}
