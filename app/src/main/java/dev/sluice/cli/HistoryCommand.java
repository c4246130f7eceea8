package dev.sluice.cli;

import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;

/** {@code sluice history}. */
@Command(
        name = "history",
        description = "Lists the runs so far, newest first: what, when, how it ended.",
        footer = {
            "Example:",
            "  sluice history --limit 5",
            "",
            "JSON fields: id, kind, server, database, type, outcome, started, durationMillis,",
            "  bytes, trigger, statement, set, result, finding.",
            "  finding is what a verification found out about the set: good, damaged, or none"
                    + " where",
            "  it was stopped or the set could not be read; of other runs it is none."
        })
final class HistoryCommand extends SluiceSubcommand {

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Most runs to list; ${DEFAULT-VALUE} unless given.")
    private int limit;

    @Mixin private JsonOption json = new JsonOption();

    HistoryCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        fromOptions(this::positiveLimit);
        RunHistory.Contents history = context().engine().history().read();
        List<RunRecord> runs = history.runs();
        List<RunRecord> wanted = runs.subList(0, Math.min(limit, runs.size()));
        if (json.wanted()) {
            Json.print(Json.array(wanted, Json::of), out());
        } else if (wanted.isEmpty() && history.newer() == 0) {
            out().println("Nothing has run yet. Begin with: sluice demo");
        } else {
            print(wanted);
        }
        tellLeftOut(history.newer());
        return ExitCode.DONE;
    }

    private int positiveLimit() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": give at least 1");
        }
        return limit;
    }

    /** What only a run's end tells; a run that goes on or was torn off has no such figure. */
    private static String atTheEnd(RunRecord run, String figure) {
        return switch (run.outcome()) {
            case RUNNING, INTERRUPTED -> "-";
            case COMPLETED, CANCELLED, FAILED -> figure;
        };
    }

    private static String outcome(RunRecord run) {
        return run.finding() == RunRecord.Finding.DAMAGED
                ? "damage found"
                : Json.word(run.outcome());
    }

    private void print(List<RunRecord> runs) {
        TextTable table =
                new TextTable(
                        "STARTED", "KIND", "DATABASE", "OUTCOME", " SIZE", " TIME", "STARTED BY");
        for (RunRecord run : runs) {
            table.add(
                    Text.moment(run.started()),
                    Words.of(run.kind()),
                    run.database(),
                    outcome(run),
                    atTheEnd(run, Text.bytes(run.bytes())),
                    atTheEnd(run, Text.duration(run.duration())),
                    run.trigger());
        }
        table.print(out());
    }
}
