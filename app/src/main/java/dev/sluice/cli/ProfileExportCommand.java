package dev.sluice.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

/** {@code sluice profile export}. */
@Command(
        name = "export",
        description = "Copies a profile to a new file, for another machine.",
        footer = {"Example:", "  sluice profile export nightly nightly.sluice"})
final class ProfileExportCommand extends SluiceSubcommand {

    @Parameters(index = "0", paramLabel = "PROFILE", description = "Name of the profile.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The file; it must not exist.")
    private Path file = Path.of("");

    ProfileExportCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        context().engine().profiles().exportTo(name, file, false);
        out().printf("Exported profile \"%s\" to %s%n", name, file);
        return ExitCode.DONE;
    }
}
