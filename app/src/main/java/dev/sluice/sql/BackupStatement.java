package dev.sluice.sql;

import dev.sluice.words.Told;

import java.util.List;

/**
 * A BACKUP statement to virtual devices, as SQL Server's documentation of BACKUP has it.
 *
 * @param type full, differential or log
 * @param database name of the database, 1 to 128 characters
 * @param scope which part of the database; the whole for a log backup
 * @param devices names of the virtual devices, 1 to 64, all different; the first is the device
 *     set's own name
 * @param options the WITH clause
 */
public record BackupStatement(
        BackupType type, String database, Scope scope, List<String> devices, Options options) {

    /**
     * The options of a BACKUP statement.
     *
     * @param copyOnly COPY_ONLY: leaves the differential base and the log chain alone; not for a
     *     differential backup, of which the server would make an ordinary one
     * @param checksum CHECKSUM
     * @param format FORMAT: a new media header
     * @param compression COMPRESSION or NO_COMPRESSION
     * @param transfer the three sizes
     * @param stats STATS: a message every so many percent, 1 to 100; 0 for the server's default
     * @param name NAME of the backup set, at most 128 characters; empty for none
     * @param description DESCRIPTION of the backup set, at most 255 characters; empty for none
     * @param tail NORECOVERY and NO_TRUNCATE; for a log backup only
     */
    public record Options(
            boolean copyOnly,
            boolean checksum,
            boolean format,
            Compression compression,
            TransferOptions transfer,
            int stats,
            String name,
            String description,
            TailLog tail) {

        /** No option at all. */
        public static final Options NONE =
                new Options(
                        false,
                        false,
                        false,
                        new Compression.ServerDefault(),
                        TransferOptions.NONE,
                        0,
                        "",
                        "",
                        TailLog.NONE);

        /** Refuses what no server accepts. */
        public Options {
            StatementRules.checkStats(stats);
            StatementRules.checkText("NAME", name, 0, TSql.MAX_NAME_LENGTH);
            StatementRules.checkText(
                    "DESCRIPTION", description, 0, StatementRules.MAX_DESCRIPTION_LENGTH);
        }
    }

    /** Refuses what no server accepts. */
    public BackupStatement {
        TSql.checkName(database);
        devices = StatementRules.checkDevices(devices);
        StatementRules.refuse(
                type == BackupType.DIFFERENTIAL && options.copyOnly,
                "COPY_ONLY",
                Told.of("rule.copyOnly"));
        StatementRules.refuse(
                type == BackupType.LOG ? StatementText.scope(scope) : "",
                Told.of("rule.ofPartLog"));
        StatementRules.refuse(
                type != BackupType.LOG && options.tail.noRecovery(),
                "NORECOVERY",
                Told.of("rule.tail"));
        StatementRules.refuse(
                type != BackupType.LOG && options.tail.noTruncate(),
                "NO_TRUNCATE",
                Told.of("rule.tail"));
    }

    /** The statement as T-SQL. */
    public String toSql() {
        return StatementText.of(this);
    }
}
