package dev.sluice.cli;

import dev.sluice.job.Profile;
import dev.sluice.job.SluiceEngine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice run} and {@code sluice profile run}. */
@Command(
        name = "run",
        description = "Runs the backup or restore that a profile describes.",
        footer = {
            "Example:",
            "  sluice run nightly",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 cancelled.",
            "",
            "JSON fields: id, kind, server, database, state, started, durationMillis, bytes,",
            "  averageBytesPerSecond, devices, statement, set, result, cancelTooLate, runs (id,",
            "  database, state, result)."
        })
final class RunCommand extends SluiceSubcommand {

    @Parameters(paramLabel = "PROFILE", description = "Name of the profile.")
    private String name = "";

    @Mixin private SecretOptions secret = new SecretOptions();
    @Mixin private JsonOption json = new JsonOption();

    RunCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Profile profile = context().engine().profiles().load(name);
        JobRunner runner = new JobRunner(context(), json.wanted());
        String server = profile.request().server();
        unlock(server, secret);
        SluiceEngine engine = context().engineToWorkOn(server);
        return ExitCode.of(runner.run(engine.job(profile.request(), profile.trigger())));
    }
}
