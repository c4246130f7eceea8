package dev.sluice.cli;

import dev.sluice.job.Job;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.Plan;
import dev.sluice.job.PlannedBackup;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Runs jobs for commands, from the live view to the last words and the exit code. */
final class JobRunner {

    private final CliContext context;
    private final boolean json;

    /**
     * @param json whether standard output is for JSON only
     */
    JobRunner(CliContext context, boolean json) {
        this.context = context;
        this.json = json;
    }

    /** Runs a job to its end and tells how it ended. */
    JobSnapshot run(Job job) throws InterruptedException {
        JobSnapshot end = follow(job);
        if (json) {
            Json.print(Json.of(end), context.terminal().out());
        }
        return end;
    }

    /** As {@link #run}, without the JSON of it. */
    JobSnapshot follow(Job job) throws InterruptedException {
        JobSnapshot end = JobWatch.run(job, screen(), context.signals());
        tell(end);
        return end;
    }

    /** Finds out what a job would do, and prints its statements alone. */
    int plan(Plan plan) throws InterruptedException {
        Terminal terminal = context.terminal();
        JobSnapshot end = JobWatch.run(plan, new PlainScreen(terminal.err()), context.signals());
        if (end.state() != JobState.COMPLETED) {
            tell(end);
            return ExitCode.of(end);
        }
        print(plan.statements());
        return ExitCode.DONE;
    }

    /** Prints the statements of backups alone; what should be known of them is for people. */
    void plan(List<PlannedBackup> plans) {
        PrintWriter err = context.terminal().err();
        plans.forEach(plan -> plan.notes().forEach(err::println));
        err.flush();
        print(plans.stream().map(PlannedBackup::statement).toList());
    }

    /** Prints statements, as a script would have them. */
    private void print(List<String> statements) {
        PrintWriter out = context.terminal().out();
        if (json) {
            ObjectNode node = Json.object();
            node.set("statements", Json.texts(statements));
            Json.print(node, out);
        } else {
            statements.forEach(statement -> out.println(statement + ";"));
            out.flush();
        }
    }

    private JobScreen screen() {
        Terminal terminal = context.terminal();
        if (json) {
            return new PlainScreen(terminal.err());
        }
        return terminal.live() ? new LiveScreen(terminal) : new PlainScreen(terminal.out());
    }

    private void tell(JobSnapshot job) {
        switch (job.state()) {
            case COMPLETED -> completed(job, words());
            case CANCELLED -> cancelled(job, words());
            default -> failed(job, context.terminal().err());
        }
    }

    /** Where sentences about the job go. */
    PrintWriter words() {
        return json ? context.terminal().err() : context.terminal().out();
    }

    private static void completed(JobSnapshot job, PrintWriter out) {
        if (job.cancelTooLate()) {
            out.println("The request to stop came too late: the server's work was done already.");
        }
        out.printf("%s completed.%n", what(job));
        String size = Text.bytes(job.progress().bytesDone());
        long runs = runs(job);
        if (runs > 1) {
            // each result names its set
            line(out, "size", "%s in %d runs".formatted(size, runs));
        } else {
            line(out, job.kind() == JobKind.BACKUP ? "set" : "from", path(job.set()));
            line(
                    out,
                    "size",
                    "%s on %s".formatted(size, Text.count(job.devices().size(), "device")));
        }
        line(
                out,
                "time",
                "%s, %s on average"
                        .formatted(
                                Text.duration(job.elapsed()),
                                Text.rate(job.progress().averageBytesPerSecond())));
        // what the database is like now, and what there is still to do
        indented(job.result(), out);
    }

    private static void cancelled(JobSnapshot job, PrintWriter out) {
        out.printf("%s cancelled after %s.%n", what(job), Text.duration(job.elapsed()));
        indented(job.result(), out);
    }

    private static void failed(JobSnapshot job, PrintWriter err) {
        err.printf("%s failed after %s.%n", what(job), Text.duration(job.elapsed()));
        indented(job.result(), err);
    }

    /** How many runs the job was, without those that only looked at something for it. */
    private static long runs(JobSnapshot job) {
        return job.sequence().ended().stream().filter(leg -> leg.kind() == job.kind()).count();
    }

    private static String what(JobSnapshot job) {
        return Words.job(job.kind(), job.database()) + " on " + job.server();
    }

    private static void indented(@Nullable String text, PrintWriter out) {
        if (text != null) {
            text.lines().forEach(line -> out.println("  " + line));
        }
        out.flush();
    }

    private static void line(PrintWriter out, String title, String text) {
        out.printf("  %-6s%s%n", title, text);
    }

    private static String path(@Nullable Path path) {
        return path == null ? "none" : path.toString();
    }
}
