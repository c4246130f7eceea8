package dev.sluice.cli;

import dev.sluice.job.SluiceEngine;

import java.nio.file.Path;

/**
 * What the commands work with. The caller owns the parts and closes them.
 *
 * @param terminal where commands write
 * @param signals where requests to stop come from
 * @param engine servers, jobs, profiles, history
 * @param log the file that unexpected errors are written to
 */
public record CliContext(Terminal terminal, StopSignals signals, SluiceEngine engine, Path log) {}
