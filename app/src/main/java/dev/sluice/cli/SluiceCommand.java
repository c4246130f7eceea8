package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** {@code sluice} and all its commands. */
@Command(
        name = "sluice",
        versionProvider = SluiceVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Backs up and restores SQL Server databases through the Virtual Device Interface.",
            "Without a command, Sluice opens its window; without a display, it runs the demo."
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "Sluice keeps its own files in the user's folders, or all under $SLUICE_HOME.",
            "On Linux it looks for libsqlvdi.so in /opt/mssql/lib, or where $SLUICE_LIBSQLVDI"
                    + " says.",
            "Example:",
            "  sluice demo",
            "  sluice backup --database SluiceSample --to backups --devices 4",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 cancelled."
        })
final class SluiceCommand extends SluiceSubcommand {

    @Mixin private VdiOption vdi = new VdiOption();

    private SluiceCommand(CliContext context) {
        super(context);
    }

    /** The whole command line. */
    static CommandLine tree(CliContext context) {
        return new CommandLine(new SluiceCommand(context))
                .addSubcommand(new DemoCommand(context))
                .addSubcommand(new DatabasesCommand(context))
                .addSubcommand(new BackupCommand(context))
                .addSubcommand(new RestoreCommand(context))
                .addSubcommand(new VerifyCommand(context))
                .addSubcommand(new BackupsCommand(context))
                .addSubcommand(ServerCommand.tree(context))
                .addSubcommand(ProfileCommand.tree(context))
                .addSubcommand(new RunCommand(context))
                .addSubcommand(new HistoryCommand(context))
                .addSubcommand(new DoctorCommand(context));
    }

    /** How to reach device sets, after parsing. */
    VdiChoice vdi() {
        return vdi.choice();
    }

    @Override
    public Integer call() {
        throw new ParameterException(commandLine(), "a command is missing");
    }
}
