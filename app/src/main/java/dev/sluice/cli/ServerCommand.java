package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code sluice server} and its own commands. */
@Command(
        name = "server",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Keeps the SQL Servers to work on under names, for --server. The embedded server is"
                    + " always there.",
            "Passwords are asked for each time, or kept in the store of the platform; never in a"
                    + " file of Sluice's."
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "Example:",
            "  sluice server add prod --host sql01 --user backup_operator --secret store",
            "  sluice server test prod",
            "  sluice databases --server prod"
        })
final class ServerCommand extends SluiceSubcommand {

    private ServerCommand(CliContext context) {
        super(context);
    }

    /** The command with its own commands. */
    static CommandLine tree(CliContext context) {
        return new CommandLine(new ServerCommand(context))
                .addSubcommand(new ServerAddCommand(context))
                .addSubcommand(new ServerEditCommand(context))
                .addSubcommand(new ServerListCommand(context))
                .addSubcommand(new ServerShowCommand(context))
                .addSubcommand(new ServerTestCommand(context))
                .addSubcommand(new ServerRemoveCommand(context));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                commandLine(),
                "say what to do with a server: add, edit, list, show, test or remove");
    }
}
