package dev.sluice.job;

import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.sql.Scope;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a restore job is asked to do. Checked when made; what depends on the sets or the server is
 * checked when the job prepares.
 *
 * @param server name of the server
 * @param sets folders of the backup sets, each the one that holds manifest.json, in the order of
 *     their restore: a full backup, a differential one, log backups; at least one, none twice
 * @param database name of the database to restore to; null for the name in the first set
 * @param options what the RESTORE statements are to say, and what goes before them
 * @param transfer sizes of the statements; BLOCKSIZE is taken from each set
 * @param limitRate bytes per second for all devices together; 0 for no limit
 */
public record RestoreRequest(
        String server,
        List<Path> sets,
        @Nullable String database,
        Options options,
        TransferOptions transfer,
        long limitRate)
        implements JobRequest {

    /**
     * What the RESTORE statements are to say, and what goes before them.
     *
     * @param replace REPLACE: an existing database may be overwritten
     * @param checksum CHECKSUM: every backup must have checksums
     * @param recovery the state after the last statement; those before it leave the database
     *     restoring
     * @param stopAt where the log backups stop
     * @param scope which part of the database
     * @param partial PARTIAL: the first restore of a piecemeal one
     * @param moves files that go to places of their own
     * @param dataFolder folder on the server for data files without a move; null for the instance's
     *     own
     * @param logFolder folder on the server for log files without a move; null for the instance's
     *     own
     * @param closeConnections other connections to the database are closed first, and their
     *     transactions rolled back
     */
    public record Options(
            boolean replace,
            boolean checksum,
            Recovery recovery,
            StopAt stopAt,
            Scope scope,
            boolean partial,
            List<Move> moves,
            @Nullable String dataFolder,
            @Nullable String logFolder,
            boolean closeConnections) {

        /** Nothing that has to be asked for: the database is usable afterwards. */
        public static final Options PLAIN = plain(false, false);

        /** Refuses what no server accepts. */
        public Options {
            if (blank(dataFolder) || blank(logFolder)) {
                throw new IllegalArgumentException("the folder for the database's files is blank");
            }
            moves = List.copyOf(moves);
            // what no server accepts together; marks stand in the log backups' statements
            StopAt stop = stopAt instanceof StopAt.Time ? stopAt : new StopAt.End();
            new RestoreStatement(
                    RestoreStatement.Kind.DATABASE,
                    "database",
                    scope,
                    List.of("device"),
                    new RestoreStatement.Options(
                            0,
                            checksum,
                            replace,
                            partial,
                            recovery,
                            stop,
                            moves,
                            TransferOptions.NONE,
                            0));
        }

        private static boolean blank(@Nullable String folder) {
            return folder != null && folder.isBlank();
        }

        /**
         * A restore of everything a set holds, to its end.
         *
         * @param noRecovery the database is left restoring, for a further restore to follow
         */
        public static Options plain(boolean replace, boolean noRecovery) {
            return new Options(
                    replace,
                    false,
                    noRecovery ? new Recovery.NoRecovery() : new Recovery.Recover(),
                    new StopAt.End(),
                    new Scope.WholeDatabase(),
                    false,
                    List.of(),
                    null,
                    null,
                    false);
        }
    }

    /** Refuses what can never work, with the rule. */
    public RestoreRequest {
        sets = List.copyOf(sets);
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("no backup set is named");
        }
        Set<Path> named = new HashSet<>();
        for (Path set : sets) {
            if (!named.add(set.toAbsolutePath().normalize())) {
                throw new IllegalArgumentException("the set %s is named twice".formatted(set));
            }
        }
        if (database != null && database.isBlank()) {
            throw new IllegalArgumentException("the name of the database to restore to is blank");
        }
        if (limitRate < 0) {
            throw new IllegalArgumentException(
                    "a rate limit of %d bytes per second is negative".formatted(limitRate));
        }
    }

    /** A restore of one set. */
    public RestoreRequest(
            String server,
            Path set,
            @Nullable String database,
            Options options,
            TransferOptions transfer,
            long limitRate) {
        this(server, List.of(set), database, options, transfer, limitRate);
    }

    @Override
    public JobKind kind() {
        return JobKind.RESTORE;
    }

    /** The last set: the database becomes what it was at its end. Of most requests the only one. */
    public Path lastSet() {
        return sets.getLast();
    }

    /** Whether the database is left restoring, for a further restore to follow. */
    public boolean noRecovery() {
        return options.recovery() instanceof Recovery.NoRecovery;
    }
}
