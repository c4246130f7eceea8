package dev.sluice.cli;

import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.SqlServerException;

import java.nio.file.Path;

/**
 * What the commands work with. The caller owns the parts and closes them.
 *
 * @param terminal where commands write
 * @param signals where requests to stop come from
 * @param backend what does the work
 * @param log the file that unexpected errors are written to
 */
public record CliContext(Terminal terminal, StopSignals signals, Backend backend, Path log) {

    SluiceEngine engine() throws SqlServerException {
        return backend.engine();
    }

    /** The engine, its embedded server with a sample in it when it would be empty. */
    SluiceEngine engineToWorkOn() throws SqlServerException {
        backend.makeSampleAtFirstUse();
        return backend.engine();
    }
}
