package dev.sluice.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sluice profile delete}. */
@Command(
        name = "delete",
        description = "Deletes a profile. Backup sets and history stay.",
        footer = {"Example:", "  sluice profile delete nightly"})
final class ProfileDeleteCommand extends SluiceSubcommand {

    @Parameters(paramLabel = "PROFILE", description = "Name of the profile.")
    private String name = "";

    ProfileDeleteCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        context().engine().profiles().delete(name);
        out().printf("Deleted profile \"%s\".%n", name);
        return ExitCode.DONE;
    }
}
