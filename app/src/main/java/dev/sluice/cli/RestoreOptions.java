package dev.sluice.cli;

import dev.sluice.job.RestoreRequest;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Options that describe a restore. */
final class RestoreOptions {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "SETDIR",
            description = "Folder of the backup set: the one that holds manifest.json.")
    private Path set = Path.of("");

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "The database to restore to; the name in the set unless given.")
    private @Nullable String database;

    @Option(
            names = "--replace",
            description = "Overwrite the database if it exists, whatever it holds.")
    private boolean replace;

    @Option(
            names = "--no-recovery",
            description = "Leave the database restoring, for a differential backup to follow.")
    private boolean noRecovery;

    /**
     * What to do.
     *
     * @throws IllegalArgumentException when it can never work
     */
    RestoreRequest request(String server, PaceOptions pace) {
        return new RestoreRequest(
                server,
                set.toAbsolutePath().normalize(),
                database,
                RestoreRequest.Options.plain(replace, noRecovery),
                // the block size is the set's
                pace.transfer(0),
                pace.limitRate());
    }
}
