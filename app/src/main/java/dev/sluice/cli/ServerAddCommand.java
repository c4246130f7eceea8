package dev.sluice.cli;

import dev.sluice.job.ServerDefinition;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice server add}. */
@Command(
        name = "add",
        description = {
            "Adds a SQL Server. Nothing is connected to yet.",
            "With --secret store its password is asked for now, or read as the options say."
        },
        footer = {
            "Example:",
            "  sluice server add prod --host sql01 --user backup_operator --secret store",
            "  sluice server add test --host sql02 --instance DEV --login windows"
        })
final class ServerAddCommand extends SluiceSubcommand {

    @Parameters(paramLabel = "NAME", description = "Name of the new server.")
    private String name = "";

    @Mixin private ConnectionOptions connection = new ConnectionOptions();
    @Mixin private SecretOptions secret = new SecretOptions();

    ServerAddCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        ServerDefinition server = fromOptions(() -> connection.server(name));
        fromOptions(() -> secret.checkUse(server));
        context().servers(secret).add(server);
        out().printf("Added server \"%s\"; try it with: sluice server test %s%n", name, name);
        return ExitCode.DONE;
    }
}
