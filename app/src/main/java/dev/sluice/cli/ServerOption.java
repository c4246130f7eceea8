package dev.sluice.cli;

import dev.sluice.sql.embedded.EmbeddedServer;

import picocli.CommandLine.Option;

/** The option {@code --server}. */
final class ServerOption {

    @Option(
            names = "--server",
            paramLabel = "NAME",
            defaultValue = EmbeddedServer.NAME,
            description = "The server; ${DEFAULT-VALUE} unless given.")
    private String name = "";

    String name() {
        return name;
    }
}
