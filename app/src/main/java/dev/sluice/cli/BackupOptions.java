package dev.sluice.cli;

import dev.sluice.job.BackupRequest;
import dev.sluice.sql.BackupType;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Options that describe a backup. */
final class BackupOptions {

    @Option(
            names = "--database",
            required = true,
            paramLabel = "NAME",
            description = "The database to back up.")
    private String database = "";

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
    BackupRequest request(String server, PaceOptions pace) {
        return new BackupRequest(
                server,
                database,
                type,
                copyOnly,
                !noChecksum,
                destination.toAbsolutePath().normalize(),
                devices,
                pace.transfer(blockSize),
                pace.limitRate());
    }
}
