package dev.sluice.sql;

import dev.sluice.words.Told;

import java.util.HashSet;
import java.util.List;

/**
 * A RESTORE statement from virtual devices, as SQL Server's documentation of RESTORE has it: of a
 * database or its log, or one that only looks at the backup.
 *
 * @param kind what it does
 * @param database name of the database to restore to; empty for the kinds that only look
 * @param scope which part of the database; the whole for the kinds that only look
 * @param devices names of the virtual devices, 1 to 64, all different; the first is the device
 *     set's own name
 * @param options the WITH clause
 */
public record RestoreStatement(
        Kind kind, String database, Scope scope, List<String> devices, Options options) {

    /** What a RESTORE statement does. */
    public enum Kind {
        /** Restores a database from a full or differential backup. */
        DATABASE,
        /** Restores a log backup. */
        LOG,
        /** Reads everything and checks it. */
        VERIFYONLY,
        /** Lists the backup sets. */
        HEADERONLY,
        /** Lists the database's files. */
        FILELISTONLY,
        /** Tells about the medium. */
        LABELONLY;

        /** Whether it changes a database, rather than only look at a backup. */
        public boolean restores() {
            return this == DATABASE || this == LOG;
        }
    }

    /**
     * A file that goes elsewhere.
     *
     * @param logicalName its logical name, see FILELISTONLY; 1 to 128 characters
     * @param path where it goes on the server; 1 to 259 characters
     */
    public record Move(String logicalName, String path) {

        /** Refuses what no server accepts. */
        public Move {
            StatementRules.checkText("MOVE", logicalName, 1, TSql.MAX_NAME_LENGTH);
            StatementRules.checkPath("MOVE TO", path);
        }
    }

    /**
     * The options of a RESTORE statement.
     *
     * @param file FILE: number of the backup set on the medium, from 1; 0 for none; not for
     *     LABELONLY
     * @param checksum CHECKSUM: the backup must have checksums
     * @param replace REPLACE: an existing database may be overwritten; for DATABASE and LOG
     * @param partial PARTIAL: the first restore of a piecemeal one; for DATABASE
     * @param recovery RECOVERY, NORECOVERY or STANDBY; for DATABASE and LOG
     * @param stopAt where to stop; for DATABASE and LOG. DATABASE takes no mark but a log sequence
     *     number
     * @param moves files that go elsewhere, each once; for DATABASE, LOG and VERIFYONLY
     * @param transfer the three sizes; BLOCKSIZE must be that of the backup; for DATABASE and LOG
     * @param stats STATS: a message every so many percent, 1 to 100; 0 for the server's default;
     *     for DATABASE, LOG and VERIFYONLY
     */
    public record Options(
            int file,
            boolean checksum,
            boolean replace,
            boolean partial,
            Recovery recovery,
            StopAt stopAt,
            List<Move> moves,
            TransferOptions transfer,
            int stats) {

        /** No option at all. */
        public static final Options NONE =
                new Options(
                        0,
                        false,
                        false,
                        false,
                        new Recovery.Recover(),
                        new StopAt.End(),
                        List.of(),
                        TransferOptions.NONE,
                        0);

        /** Refuses what no server accepts. */
        public Options {
            StatementRules.checkStats(stats);
            if (file < 0) {
                throw new IllegalArgumentException("FILE %d is negative".formatted(file));
            }
            moves = List.copyOf(moves);
            HashSet<String> moved = new HashSet<>();
            for (Move move : moves) {
                StatementRules.refuse(
                        !moved.add(move.logicalName),
                        "MOVE \"" + move.logicalName + "\"",
                        Told.of("rule.movedTwice"));
            }
        }

        private boolean stopsAtName() {
            return switch (stopAt) {
                case StopAt.AtMark at -> !StatementRules.isLsn(at.mark());
                case StopAt.BeforeMark before -> !StatementRules.isLsn(before.mark());
                case StopAt.Time _, StopAt.End _ -> false;
            };
        }
    }

    /** Refuses what no server accepts. */
    public RestoreStatement {
        devices = StatementRules.checkDevices(devices);
        switch (kind) {
            case DATABASE -> checkDatabase(database, scope, options);
            case LOG -> checkLog(database, scope, options);
            default -> checkLook(kind, database, scope, options);
        }
    }

    private static void checkDatabase(String database, Scope scope, Options options) {
        TSql.checkName(database);
        String stop = StatementText.stopAt(options.stopAt);
        StatementRules.refuse(options.stopsAtName() ? stop : "", Told.of("rule.mark"));
        if (!(scope instanceof Scope.WholeDatabase) && !options.partial) {
            StatementRules.refuse(stop, Told.of("rule.listed.stop"));
            StatementRules.refuse(
                    options.recovery instanceof Recovery.Standby standby
                            ? StatementText.recovery(standby)
                            : "",
                    Told.of("rule.listed"));
        }
    }

    private static void checkLog(String database, Scope scope, Options options) {
        TSql.checkName(database);
        StatementRules.refuse(options.partial, "PARTIAL", Told.of("rule.partialLog"));
        StatementRules.refuse(
                scope instanceof Scope.ReadWriteFilegroups,
                "READ_WRITE_FILEGROUPS",
                Told.of("rule.groupsLog"));
    }

    private static void checkLook(Kind kind, String database, Scope scope, Options options) {
        // whoever looks gives no options, so that this is told to programmers only
        Told rule = Told.asIs("cannot be with RESTORE " + kind + ", which restores nothing");
        StatementRules.refuse(database, rule);
        StatementRules.refuse(StatementText.scope(scope), rule);
        StatementRules.refuse(options.replace, "REPLACE", rule);
        StatementRules.refuse(options.partial, "PARTIAL", rule);
        StatementRules.refuse(StatementText.recovery(options.recovery), rule);
        StatementRules.refuse(StatementText.stopAt(options.stopAt), rule);
        StatementRules.refuse(StatementText.sizes(options.transfer), rule);
        if (kind != Kind.VERIFYONLY) {
            StatementRules.refuse(StatementText.moves(options.moves), rule);
            StatementRules.refuse(
                    options.stats != 0,
                    "STATS = " + options.stats,
                    Told.asIs("cannot be with RESTORE " + kind + ", which reads a header only"));
        }
        StatementRules.refuse(
                kind == Kind.LABELONLY && options.file != 0,
                "FILE = " + options.file,
                Told.asIs("cannot be with RESTORE LABELONLY, which is about the medium"));
    }

    /** A statement that only looks at the backup, with no options. */
    public static RestoreStatement look(Kind kind, List<String> devices) {
        return new RestoreStatement(kind, "", new Scope.WholeDatabase(), devices, Options.NONE);
    }

    /** The statement as T-SQL. */
    public String toSql() {
        return StatementText.of(this);
    }
}
