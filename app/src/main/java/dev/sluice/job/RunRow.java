package dev.sluice.job;

import dev.sluice.job.RunRecord.Finding;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Keeps the row of one run in the history. A history that cannot be written stops no run. */
final class RunRow {

    private static final Logger LOG = LoggerFactory.getLogger(RunRow.class);

    private final JobContext context;
    private final JobWork work;
    private final JobLog log;

    RunRow(JobContext context, JobWork work, JobLog log) {
        this.context = context;
        this.work = work;
        this.log = log;
    }

    /** The run goes on; again when more is known about it. */
    void begin(JobSnapshot snapshot) {
        JobKind kind = work.recordedAs(RunRecord.Outcome.RUNNING);
        if (kind == null) {
            return;
        }
        try {
            context.history().begin(row(kind, snapshot, RunRecord.Outcome.RUNNING, Finding.NONE));
        } catch (IOException e) {
            LOG.warn("the history has no row for {}", context.id(), e);
            log.warning(Told.of("log.noHistory", e.toString()));
        }
    }

    /**
     * The run has ended.
     *
     * @param throughput as the story keeps it
     * @param finding what is known of the set that was read; only a verification's is kept
     */
    void end(JobSnapshot snapshot, List<RunStory.Moved> throughput, Finding finding) {
        RunRecord.Outcome outcome = outcome(snapshot.state());
        JobKind kind = work.recordedAs(outcome);
        if (kind == null) {
            return;
        }
        try {
            context.history()
                    .end(
                            row(
                                    kind,
                                    snapshot,
                                    outcome,
                                    kind == JobKind.VERIFICATION ? finding : Finding.NONE),
                            RunStory.of(snapshot, throughput, command()));
        } catch (IOException e) {
            LOG.error("the end of {} is not in the history", context.id(), e);
        }
    }

    private @Nullable String command() {
        JobRequest request = work.request();
        return request == null
                ? null
                : CommandText.of(request, CommandText.Shell.ofThisSystem().getFirst()).orElse(null);
    }

    private static RunRecord.Outcome outcome(JobState end) {
        return switch (end) {
            case COMPLETED -> RunRecord.Outcome.COMPLETED;
            case CANCELLED -> RunRecord.Outcome.CANCELLED;
            case FAILED -> RunRecord.Outcome.FAILED;
            default -> throw new IllegalArgumentException(end + " is no end");
        };
    }

    private Path kept(JobKind kind, Path set) {
        return kind == JobKind.VERIFICATION
                ? context.history().asBackedUp(set)
                : RunHistory.canonical(set);
    }

    private RunRecord row(
            JobKind kind, JobSnapshot snapshot, RunRecord.Outcome outcome, Finding finding) {
        Path set = snapshot.set();
        return new RunRecord(
                snapshot.id(),
                kind,
                snapshot.server(),
                snapshot.database(),
                work.type(),
                outcome,
                snapshot.started(),
                snapshot.elapsed(),
                snapshot.progress().bytesDone(),
                context.trigger(),
                snapshot.statement(),
                set == null ? null : kept(kind, set),
                snapshot.told(),
                finding);
    }
}
