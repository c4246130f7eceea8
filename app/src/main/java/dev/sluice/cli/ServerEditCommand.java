package dev.sluice.cli;

import dev.sluice.job.AddedServers;
import dev.sluice.job.ServerDefinition;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice server edit}. */
@Command(
        name = "edit",
        description = {
            "Changes what is given of a server; the rest stays as it is.",
            "With --secret store, or another login, its password is asked for and kept anew."
        },
        footer = {
            "Example:",
            "  sluice server edit prod --trust-certificate 5E:0B:...",
            "  sluice server edit prod --secret store"
        })
final class ServerEditCommand extends SluiceSubcommand {

    @Parameters(paramLabel = "NAME", description = "Name of the server.")
    private String name = "";

    @Mixin private ConnectionOptions connection = new ConnectionOptions();
    @Mixin private SecretOptions secret = new SecretOptions();

    ServerEditCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        AddedServers servers = context().servers(secret);
        ServerDefinition old = servers.load(name);
        ServerDefinition server = fromOptions(() -> connection.changed(old));
        fromOptions(() -> secret.checkUse(server));
        servers.replace(server, secret.areGiven() || connection.sayStore());
        out().printf("Changed server \"%s\".%n", name);
        return ExitCode.DONE;
    }
}
