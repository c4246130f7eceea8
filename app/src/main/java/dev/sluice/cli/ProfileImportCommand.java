package dev.sluice.cli;

import dev.sluice.job.Profile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

/** {@code sluice profile import}. */
@Command(
        name = "import",
        description = "Takes a profile from a file that \"export\" wrote.",
        footer = {"Example:", "  sluice profile import nightly.json"})
final class ProfileImportCommand extends SluiceSubcommand {

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--overwrite", description = "Replace a profile of the same name.")
    private boolean overwrite;

    ProfileImportCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Profile profile = context().engine().profiles().importFrom(file, overwrite);
        out().printf("Imported profile \"%s\".%n", profile.name());
        return ExitCode.DONE;
    }
}
