package dev.sluice.cli;

import dev.sluice.job.JobRequest;
import dev.sluice.job.Profile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import java.io.IOException;

/** {@code sluice profile create}. */
@Command(
        name = "create",
        description = {
            "Creates a profile: of a backup with --database and --to, of a restore with --from.",
            "Nothing runs yet; the server is asked only when the profile runs."
        },
        footer = {
            "Example:",
            "  sluice profile create nightly --database SluiceSample --to backups --devices 4",
            "  sluice profile create back --from SETDIR --as SampleCopy --replace"
        })
final class ProfileCreateCommand extends SluiceSubcommand {

    @Parameters(paramLabel = "PROFILE", description = "Name of the new profile.")
    private String name = "";

    @Mixin private ServerOption server = new ServerOption();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private What what = new What();

    @Mixin private ScopeOptions parts = new ScopeOptions();
    @Mixin private PaceOptions pace = new PaceOptions();

    @Option(names = "--overwrite", description = "Replace a profile of the same name.")
    private boolean overwrite;

    ProfileCreateCommand(CliContext context) {
        super(context);
    }

    /** A backup or a restore. */
    static final class What {

        @ArgGroup(exclusive = false, heading = "%nA backup:%n")
        private @Nullable BackupOptions backup;

        @ArgGroup(exclusive = false, heading = "%nA restore:%n")
        private @Nullable RestoreOptions restore;
    }

    @Override
    public Integer call() throws Exception {
        Profile profile = fromOptions(() -> new Profile(name, request()));
        context().engine().profiles().save(profile, overwrite);
        out().printf("Created profile \"%s\"; run it with: sluice run %s%n", name, name);
        return ExitCode.DONE;
    }

    private JobRequest request() throws IOException {
        if (what.backup != null) {
            return what.backup.request(server.name(), parts, pace);
        }
        if (what.restore != null) {
            return what.restore.request(server.name(), what.restore.sets(context()), parts, pace);
        }
        throw new ParameterException(
                commandLine(), "give --database and --to for a backup, or --from for a restore");
    }
}
