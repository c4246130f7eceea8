package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code sluice profile} and its own commands. */
@Command(
        name = "profile",
        synopsisSubcommandLabel = "COMMAND",
        description = "Keeps backups and restores under a name, to be run again.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "Example:",
            "  sluice profile create nightly --database SluiceSample --to backups --devices 4",
            "  sluice profile run nightly"
        })
final class ProfileCommand extends SluiceSubcommand {

    private ProfileCommand(CliContext context) {
        super(context);
    }

    /** The command with its own commands. */
    static CommandLine tree(CliContext context) {
        return new CommandLine(new ProfileCommand(context))
                .addSubcommand(new ProfileCreateCommand(context))
                .addSubcommand(new ProfileListCommand(context))
                .addSubcommand(new ProfileShowCommand(context))
                .addSubcommand(new RunCommand(context))
                .addSubcommand(new ProfileDeleteCommand(context))
                .addSubcommand(new ProfileExportCommand(context))
                .addSubcommand(new ProfileImportCommand(context));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                commandLine(),
                "say what to do with a profile: create, list, show, run, delete, export or import");
    }
}
