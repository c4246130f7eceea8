package dev.sluice.cli;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.SluiceEngine;
import dev.sluice.job.Triggers;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice backup}. */
@Command(
        name = "backup",
        description = {
            "Backs up a database through the Virtual Device Interface into a new backup set.",
            "Ctrl-C cancels: every buffer is waited for, and nothing half-written is left."
        },
        footer = {
            "Example:",
            "  sluice backup --database SluiceSample --to backups --devices 4",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 cancelled.",
            "",
            "JSON fields: id, kind, server, database, state, started, durationMillis, bytes,",
            "  averageBytesPerSecond, devices, statement, set, result, cancelTooLate, runs (id,",
            "  database, state, result); with --dry-run: statements."
        })
final class BackupCommand extends SluiceSubcommand {

    @Mixin private ServerOption server = new ServerOption();
    @Mixin private SecretOptions secret = new SecretOptions();
    @Mixin private BackupOptions options = new BackupOptions();
    @Mixin private ScopeOptions parts = new ScopeOptions();
    @Mixin private PaceOptions pace = new PaceOptions();
    @Mixin private DryRun dryRun = new DryRun();
    @Mixin private SaveAs saveAs = new SaveAs();
    @Mixin private JsonOption json = new JsonOption();

    BackupCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        BackupRequest request = fromOptions(() -> options.request(server.name(), parts, pace));
        unlock(server.name(), secret);
        SluiceEngine engine = context().engineToWorkOn(server.name());
        saveAs.check(request, engine.profiles());
        JobRunner runner = new JobRunner(context(), json.wanted());
        if (dryRun.wanted()) {
            runner.plan(engine.plan(request));
            return ExitCode.DONE;
        }
        JobSnapshot end = runner.run(engine.backup(request, Triggers.COMMAND_LINE));
        saveAs.keep(request, engine.profiles(), end, runner.words());
        return ExitCode.of(end);
    }
}
