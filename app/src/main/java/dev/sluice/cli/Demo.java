package dev.sluice.cli;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Job;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.RestoreRequest;
import dev.sluice.media.VerifyReport;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.TransferOptions;
import dev.sluice.sql.embedded.DatabaseComparison;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.embedded.SampleDatabase;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The five steps of the demo. The caller takes away what they made. */
final class Demo {

    private static final String TRIGGER = "demo";

    /** A step was cancelled, or the end was asked for between two steps. */
    private static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private final CliContext context;
    private final PrintWriter out;
    private final BackupRequest request;
    private final String copy;
    private final long size;
    private final AtomicReference<@Nullable String> stopper = new AtomicReference<>();

    /**
     * @param request the backup; its database is made
     * @param copy name of the database to restore to
     * @param size of the sample in bytes
     */
    Demo(CliContext context, BackupRequest request, String copy, long size) {
        this.context = context;
        this.out = context.terminal().out();
        this.request = request;
        this.copy = copy;
        this.size = size;
    }

    /** Walks the steps; the exit code. */
    int run() throws SqlServerException, SQLException, IOException, InterruptedException {
        long begun = System.nanoTime();
        try {
            makeSample();
            Path set = backUp();
            if (set == null || !verify(set) || !restore(set)) {
                return ExitCode.FAILED;
            }
            return compare(begun);
        } catch (StoppedException e) {
            return ExitCode.CANCELLED;
        }
    }

    private void makeSample() throws SqlServerException, StoppedException {
        step(1, "a sample database, \"" + request.database() + "\", " + Text.bytes(size));
        EmbeddedServer server = context.backend().embedded();
        try (StopSignals.Listening stop = listen()) {
            Objects.requireNonNull(stop);
            SampleDatabase.create(server, request.database(), size);
        }
        leaveWhenStopped();
    }

    private @Nullable Path backUp()
            throws SqlServerException, InterruptedException, StoppedException {
        step(2, "a full backup on " + Text.count(request.devices(), "virtual device"));
        return run(context.engine().backup(request, TRIGGER)).set();
    }

    private boolean verify(Path set) throws IOException, InterruptedException, StoppedException {
        step(3, "verification of the set, byte by byte");
        VerifyReport report = new Verification(context, TRIGGER, false).run(set);
        if (report.cancelled()) {
            throw new StoppedException();
        }
        report.problems().forEach(problem -> context.terminal().err().println(problem.text()));
        if (report.isGood()) {
            say("  %s read and right.".formatted(Text.bytes(report.bytes())));
        }
        return report.isGood();
    }

    private boolean restore(Path set)
            throws SqlServerException, InterruptedException, StoppedException {
        step(4, "a restore as \"" + copy + "\"");
        RestoreRequest restore =
                new RestoreRequest(
                        request.server(),
                        set,
                        copy,
                        RestoreRequest.Options.PLAIN,
                        TransferOptions.DEFAULT,
                        0);
        return run(context.engine().restore(restore, TRIGGER)).state() == JobState.COMPLETED;
    }

    private int compare(long begun) throws SqlServerException, SQLException, StoppedException {
        step(5, "comparison of every row of the two databases");
        EmbeddedServer server = context.backend().embedded();
        DatabaseComparison.Result result;
        try (StopSignals.Listening stop = listen();
                Connection left = server.openConnection(request.database());
                Connection right = server.openConnection(copy)) {
            Objects.requireNonNull(stop);
            result = DatabaseComparison.compare(left, right);
        }
        leaveWhenStopped();
        result.tables().forEach(table -> say("  " + describe(table)));
        if (!result.isEqual()) {
            tellDifferences(result.differences());
            return ExitCode.FAILED;
        }
        say(
                "Every row is equal: %d rows in %s. The demo took %s."
                        .formatted(
                                result.equalRows(),
                                Text.count(result.tables().size(), "table"),
                                Text.duration(Duration.ofNanos(System.nanoTime() - begun))));
        return ExitCode.DONE;
    }

    private static String describe(DatabaseComparison.Table table) {
        return "%s: %d rows equal%s"
                .formatted(
                        table.name(),
                        table.equalRows(),
                        table.difference() == null ? "" : ", then a difference");
    }

    private void tellDifferences(List<String> differences) {
        PrintWriter err = context.terminal().err();
        err.println("The restored database is not the same:");
        differences.forEach(difference -> err.println("  " + difference));
        err.flush();
    }

    /** Runs a job; a failed one has told why. */
    private JobSnapshot run(Job job) throws InterruptedException, StoppedException {
        JobSnapshot end = new JobRunner(context, false).run(job);
        if (end.state() == JobState.CANCELLED) {
            throw new StoppedException();
        }
        return end;
    }

    private StopSignals.Listening listen() {
        return context.signals()
                .listen(
                        who -> {
                            stopper.set(who);
                            say("%s: the demo ends after this step.".formatted(who));
                        });
    }

    private void leaveWhenStopped() throws StoppedException {
        if (stopper.get() != null) {
            throw new StoppedException();
        }
    }

    private void step(int number, String what) {
        say("%d of 5: %s".formatted(number, what));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
