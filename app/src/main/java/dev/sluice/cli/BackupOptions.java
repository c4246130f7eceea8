package dev.sluice.cli;

import dev.sluice.job.BackupRequest;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.TailLog;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;

/** Options that describe a backup. */
final class BackupOptions {

    @Option(
            names = "--database",
            required = true,
            paramLabel = "NAME",
            description =
                    "The database to back up; given more than once, one after another, each to a"
                            + " set of its own.")
    private List<String> databases = List.of();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description =
                    "Destination folder; the set becomes DIR/<server>/<database>/<time>-<type>.")
    private Path destination = Path.of("");

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "full",
            converter = BackupTypeConverter.class,
            description = "full, diff or log; ${DEFAULT-VALUE} unless given.")
    private BackupType type = BackupType.FULL;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "1",
            description = "Devices, and so stripes: 1 to 64; ${DEFAULT-VALUE} unless given.")
    private int devices;

    @Option(
            names = "--compression",
            paramLabel = "HOW",
            defaultValue = "",
            description =
                    "How the server compresses: "
                            + Compression.WORDS
                            + "; as it is configured unless given.")
    private String compression = "";

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "NAME of the backup set, at most 128 characters.")
    private String name = "";

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "DESCRIPTION of the backup set, at most 255 characters.")
    private String description = "";

    @Option(
            names = "--stats",
            paramLabel = "PERCENT",
            defaultValue = "5",
            description = "STATS: a message every so many percent; ${DEFAULT-VALUE} unless given.")
    private int stats;

    @Option(
            names = "--tail",
            description =
                    "Of a log backup: leave the database restoring (NORECOVERY), so that nothing"
                            + " comes after it.")
    private boolean tail;

    @Option(
            names = "--no-truncate",
            description = "Of a log backup: try even when the database is damaged (NO_TRUNCATE).")
    private boolean noTruncate;

    @Option(
            names = "--copy-only",
            description = "Leave the base of later differential backups alone.")
    private boolean copyOnly;

    @Option(names = "--no-checksum", description = "Back up without page checksums.")
    private boolean noChecksum;

    @Option(
            names = "--block-size",
            paramLabel = "SIZE",
            defaultValue = "64K",
            converter = ByteSizeConverter.class,
            description = "BLOCKSIZE: a power of two, 512 to 64K; ${DEFAULT-VALUE} unless given.")
    private long blockSize;

    /**
     * What to do.
     *
     * @throws IllegalArgumentException when it can never work
     */
    BackupRequest request(String server, ScopeOptions parts, PaceOptions pace) {
        return new BackupRequest(
                server,
                databases,
                type,
                parts.scope(),
                new BackupStatement.Options(
                        copyOnly,
                        !noChecksum,
                        true,
                        Compression.of(compression),
                        pace.transfer(blockSize),
                        stats,
                        name,
                        description,
                        TailLog.of(tail, noTruncate)),
                destination.toAbsolutePath().normalize(),
                devices,
                pace.limitRate());
    }
}
