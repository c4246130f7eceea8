package dev.sluice.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice profile show}. */
@Command(
        name = "show",
        description = "Shows everything a profile asks for.",
        footer = {
            "Example:",
            "  sluice profile show nightly",
            "",
            "JSON fields: name, kind, server, database, databases, type, copyOnly, checksum,",
            "  compression, destination, devices, set, replace, noRecovery, blockSize, bufferCount,"
                    + " maxTransferSize,",
            "  limitRate; those of a backup or those of a restore."
        })
final class ProfileShowCommand extends SluiceSubcommand {

    @Parameters(paramLabel = "PROFILE", description = "Name of the profile.")
    private String name = "";

    @Mixin private JsonOption json = new JsonOption();

    ProfileShowCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        json.print(Json.of(context().engine().profiles().load(name)), out());
        return ExitCode.DONE;
    }
}
