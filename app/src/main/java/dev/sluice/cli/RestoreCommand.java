package dev.sluice.cli;

import dev.sluice.job.JobSnapshot;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.SluiceEngine;
import dev.sluice.job.Triggers;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice restore}. */
@Command(
        name = "restore",
        description = {
            "Restores a database from one backup set, or from a chain of them, through the Virtual"
                    + " Device Interface.",
            "Every chunk is checked before the server gets it. Ctrl-C cancels, and says in which"
                    + " state the database is left."
        },
        footer = {
            "Example:",
            "  sluice restore --from backups/embedded/SluiceSample/20260102-030405-full --as Copy",
            "  sluice restore --server prod --from FULL --from DIFF --from LOG --replace"
                    + " --stop-at 2026-01-02T03:04:05",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 cancelled.",
            "",
            "JSON fields: id, kind, server, database, state, started, durationMillis, bytes,",
            "  averageBytesPerSecond, devices, statement, set, result, cancelTooLate, runs (id,",
            "  database, state, result); with --dry-run: statements."
        })
final class RestoreCommand extends SluiceSubcommand {

    @Mixin private ServerOption server = new ServerOption();
    @Mixin private SecretOptions secret = new SecretOptions();
    @Mixin private RestoreOptions options = new RestoreOptions();
    @Mixin private ScopeOptions parts = new ScopeOptions();
    @Mixin private PaceOptions pace = new PaceOptions();
    @Mixin private DryRun dryRun = new DryRun();
    @Mixin private SaveAs saveAs = new SaveAs();
    @Mixin private JsonOption json = new JsonOption();

    RestoreCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        RestoreRequest request =
                fromOptions(
                        () -> options.request(server.name(), options.sets(context()), parts, pace));
        unlock(server.name(), secret);
        SluiceEngine engine = context().engineToWorkOn(server.name());
        saveAs.check(request, engine.profiles());
        JobRunner runner = new JobRunner(context(), json.wanted());
        if (dryRun.wanted()) {
            return runner.plan(engine.plan(request, Triggers.COMMAND_LINE));
        }
        JobSnapshot end = runner.run(engine.restore(request, Triggers.COMMAND_LINE));
        saveAs.keep(request, engine.profiles(), end, runner.words());
        return ExitCode.of(end);
    }
}
