package dev.sluice.cli;

import dev.sluice.job.AddedServers;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.embedded.EmbeddedServer;

import java.nio.file.Path;

/**
 * What the commands work with. The caller owns the parts and closes them.
 *
 * @param terminal where commands write
 * @param secrets where secrets come from
 * @param signals where requests to stop come from
 * @param backend what does the work
 * @param log the file that unexpected errors are written to
 */
public record CliContext(
        Terminal terminal, SecretInputs secrets, StopSignals signals, Backend backend, Path log) {

    SluiceEngine engine() {
        return backend.engine();
    }

    /** The engine, its embedded server with a sample in it when it is meant and would be empty. */
    SluiceEngine engineToWorkOn(String server) throws SqlServerException {
        if (server.equals(EmbeddedServer.NAME)) {
            backend.makeSampleAtFirstUse();
        }
        return backend.engine();
    }

    /** The servers that the user added; their secrets come from where the options say. */
    AddedServers servers(SecretOptions options) {
        AddedServers servers = backend.servers();
        servers.secretsFrom(options.source(secrets, servers.store()));
        return servers;
    }
}
