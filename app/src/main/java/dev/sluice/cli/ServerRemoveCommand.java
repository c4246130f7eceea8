package dev.sluice.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sluice server remove}. */
@Command(
        name = "remove",
        description =
                "Removes a server and its stored secret. Its profiles, backup sets and history"
                        + " stay.",
        footer = {"Example:", "  sluice server remove prod"})
final class ServerRemoveCommand extends SluiceSubcommand {

    @Parameters(paramLabel = "NAME", description = "Name of the server.")
    private String name = "";

    ServerRemoveCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        context().backend().servers().remove(name);
        out().printf("Removed server \"%s\".%n", name);
        return ExitCode.DONE;
    }
}
