package dev.sluice.sql;

import java.util.List;

/**
 * A RESTORE statement from virtual devices: of a database, or one that only looks at the backup.
 *
 * @param kind what it does
 * @param database name of the database to restore to; empty for every other kind
 * @param devices names of the virtual devices, 1 to 64, all different; the first is the device
 *     set's own name
 * @param options the WITH clause
 */
public record RestoreStatement(Kind kind, String database, List<String> devices, Options options) {

    /** What a RESTORE statement does. */
    public enum Kind {
        /** Restores a database. */
        DATABASE,
        /** Reads everything and checks it. */
        VERIFYONLY,
        /** Lists the backup sets. */
        HEADERONLY,
        /** Lists the database's files. */
        FILELISTONLY,
        /** Tells about the medium. */
        LABELONLY
    }

    /**
     * A file that goes elsewhere.
     *
     * @param logicalName its logical name, see FILELISTONLY
     * @param path where it goes on the server
     */
    public record Move(String logicalName, String path) {}

    /**
     * The options of a RESTORE statement.
     *
     * @param file FILE: number of the backup set on the medium, from 1; 0 for none
     * @param checksum CHECKSUM
     * @param replace REPLACE: an existing database may be overwritten
     * @param noRecovery NORECOVERY: leaves the database restoring, for a differential to follow
     * @param moves files that go elsewhere
     * @param transfer the three sizes; BLOCKSIZE must be that of the backup
     * @param stats STATS: a message every so many percent, 1 to 100; 0 for the server's default
     */
    public record Options(
            int file,
            boolean checksum,
            boolean replace,
            boolean noRecovery,
            List<Move> moves,
            TransferOptions transfer,
            int stats) {

        /** No option at all. */
        public static final Options NONE =
                new Options(0, false, false, false, List.of(), new TransferOptions(0, 0, 0), 0);

        /** Refuses what no server accepts. */
        public Options {
            StatementText.checkStats(stats);
            if (file < 0) {
                throw new IllegalArgumentException("FILE %d is negative".formatted(file));
            }
            moves = List.copyOf(moves);
        }
    }

    /** Refuses what no server accepts. */
    public RestoreStatement {
        if (kind == Kind.DATABASE) {
            TSql.checkName("the database's name", database);
        } else if (!database.isEmpty()
                || options.replace
                || options.noRecovery
                || !options.moves.isEmpty()) {
            throw new IllegalArgumentException(
                    "RESTORE %s takes no database, REPLACE, NORECOVERY or MOVE".formatted(kind));
        }
        devices = StatementText.checkDevices(devices);
    }

    /** A statement that only looks at the backup. */
    public static RestoreStatement look(Kind kind, List<String> devices, TransferOptions transfer) {
        return new RestoreStatement(
                kind, "", devices, new Options(0, false, false, false, List.of(), transfer, 0));
    }

    /** The statement as T-SQL. */
    public String toSql() {
        String what = kind == Kind.DATABASE ? "DATABASE " + TSql.quoteName(database) : kind.name();
        return "RESTORE %s FROM %s%s".formatted(what, StatementText.devices(devices), with());
    }

    private String with() {
        StatementText text =
                new StatementText()
                        .number("FILE", options.file)
                        .flag(options.replace, "REPLACE")
                        .flag(options.noRecovery, "NORECOVERY")
                        .flag(options.checksum, "CHECKSUM");
        for (Move move : options.moves) {
            String to = TSql.quoteString(move.path());
            text.flag(true, "MOVE " + TSql.quoteString(move.logicalName()) + " TO " + to);
        }
        return text.sizes(options.transfer).number("STATS", options.stats).with();
    }
}
