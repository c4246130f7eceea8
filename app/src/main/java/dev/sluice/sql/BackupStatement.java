package dev.sluice.sql;

import java.util.List;

/**
 * A BACKUP statement to virtual devices.
 *
 * @param type full, differential or log
 * @param database name of the database, 1 to 128 characters
 * @param devices names of the virtual devices, 1 to 64, all different; the first is the device
 *     set's own name
 * @param options the WITH clause
 */
public record BackupStatement(
        BackupType type, String database, List<String> devices, Options options) {

    /**
     * The options of a BACKUP statement.
     *
     * @param copyOnly COPY_ONLY: leaves the differential base alone
     * @param checksum CHECKSUM
     * @param format FORMAT: a new media header
     * @param transfer the three sizes
     * @param stats STATS: a message every so many percent, 1 to 100; 0 for the server's default
     * @param name NAME of the backup set, at most 128 characters; empty for none
     * @param description DESCRIPTION of the backup set, at most 255 characters; empty for none
     */
    public record Options(
            boolean copyOnly,
            boolean checksum,
            boolean format,
            TransferOptions transfer,
            int stats,
            String name,
            String description) {

        /** No option at all. */
        public static final Options NONE =
                new Options(false, false, false, new TransferOptions(0, 0, 0), 0, "", "");

        /** Refuses what no server accepts. */
        public Options {
            StatementText.checkStats(stats);
            if (name.length() > TSql.MAX_NAME_LENGTH || description.length() > 255) {
                throw new IllegalArgumentException(
                        "NAME has %d characters (at most 128), DESCRIPTION %d (at most 255)"
                                .formatted(name.length(), description.length()));
            }
        }
    }

    /** Refuses what no server accepts. */
    public BackupStatement {
        TSql.checkName("the database's name", database);
        devices = StatementText.checkDevices(devices);
    }

    /** The statement as T-SQL. */
    public String toSql() {
        return "BACKUP %s %s TO %s%s"
                .formatted(
                        type == BackupType.LOG ? "LOG" : "DATABASE",
                        TSql.quoteName(database),
                        StatementText.devices(devices),
                        with());
    }

    private String with() {
        return new StatementText()
                .flag(type == BackupType.DIFFERENTIAL, "DIFFERENTIAL")
                .flag(options.copyOnly, "COPY_ONLY")
                .flag(options.format, "FORMAT")
                .flag(options.checksum, "CHECKSUM")
                .sizes(options.transfer)
                .number("STATS", options.stats)
                .text("NAME", options.name)
                .text("DESCRIPTION", options.description)
                .with();
    }
}
