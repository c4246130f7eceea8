package dev.sluice.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice profile show}. */
@Command(
        name = "show",
        description = "Shows everything a profile asks for.",
        footer = {"Example:", "  sluice profile show nightly", "", Json.PROFILE_FIELDS})
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
