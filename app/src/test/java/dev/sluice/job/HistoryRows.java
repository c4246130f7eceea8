package dev.sluice.job;

import dev.sluice.job.RunRecord.Finding;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of a history, without the runs. */
public final class HistoryRows {

    private HistoryRows() {}

    /** A full backup that took a minute. */
    public static RunRecord backup(
            String server, String database, Outcome outcome, Instant started) {
        return row(JobKind.BACKUP, server, database, outcome, started, "window");
    }

    /** A run that took a minute. */
    public static RunRecord row(
            JobKind kind,
            String server,
            String database,
            Outcome outcome,
            Instant started,
            String trigger) {
        return new RunRecord(
                "%s-%s-%s".formatted(started.toEpochMilli(), server, database),
                kind,
                server,
                database,
                "full",
                outcome,
                started,
                Duration.ofMinutes(1),
                1 << 20,
                trigger,
                "BACKUP DATABASE",
                outcome == Outcome.COMPLETED
                        ? Path.of("/backups", server, database, "20260101-000000-full")
                        : null,
                outcome == Outcome.FAILED
                        ? Told.asIs("Msg 3201, Level 16, State 1: Cannot open backup device.")
                        : null,
                finding(kind, outcome));
    }

    /**
     * A run over a set of "Sales" on "prod" that took a minute.
     *
     * @param result what it told; null for nothing
     */
    public static RunRecord ofSet(
            JobKind kind,
            Outcome outcome,
            Path set,
            Instant started,
            String trigger,
            @Nullable String result) {
        return new RunRecord(
                kind + "-" + started.toEpochMilli(),
                kind,
                "prod",
                "Sales",
                "full",
                outcome,
                started,
                Duration.ofMinutes(1),
                1,
                trigger,
                null,
                set,
                result == null ? null : Told.asIs(result),
                finding(kind, outcome));
    }

    /** Of a verification that read the set, where it was not stopped. */
    private static Finding finding(JobKind kind, Outcome outcome) {
        boolean verification = kind == JobKind.CHECK || kind == JobKind.VERIFICATION;
        return switch (outcome) {
            case COMPLETED -> verification ? Finding.GOOD : Finding.NONE;
            case FAILED -> verification ? Finding.DAMAGED : Finding.NONE;
            case RUNNING, CANCELLED, INTERRUPTED -> Finding.NONE;
        };
    }

    /** Keeps a row that a Sluice of years to come wrote. */
    public static void keepNewer(Folders folders) throws IOException {
        Files.createDirectories(folders.history());
        Files.writeString(folders.history().resolve("newer.json"), "{\"schemaVersion\": 99}");
    }

    /** The same run of another type. */
    public static RunRecord of(@Nullable String type, RunRecord run) {
        return like(run, type, run.statement(), run.told(), run.finding());
    }

    /** The same run with another statement. */
    public static RunRecord with(RunRecord run, String statement) {
        return like(run, run.type(), statement, run.told(), run.finding());
    }

    /** The same run with another end. */
    static RunRecord with(RunRecord run, Told told) {
        return like(run, run.type(), run.statement(), told, run.finding());
    }

    /** The same run of a verification that found out something else, or nothing. */
    public static RunRecord with(RunRecord run, Finding finding) {
        return like(run, run.type(), run.statement(), run.told(), finding);
    }

    private static RunRecord like(
            RunRecord run,
            @Nullable String type,
            @Nullable String statement,
            @Nullable Told told,
            Finding finding) {
        return new RunRecord(
                run.id(),
                run.kind(),
                run.server(),
                run.database(),
                type,
                run.outcome(),
                run.started(),
                run.duration(),
                run.bytes(),
                run.trigger(),
                statement,
                run.set(),
                told,
                finding);
    }

    /** Runs of ten databases, one every forty minutes up to now: most completed, some not. */
    public static List<RunRecord> ofYears(int number) {
        Instant now = Instant.now();
        Outcome[] outcomes = {Outcome.CANCELLED, Outcome.FAILED};
        return IntStream.range(0, number)
                .mapToObj(
                        i ->
                                backup(
                                        "production",
                                        "Sales" + i % 10,
                                        i % 7 < 5 ? Outcome.COMPLETED : outcomes[i % 2],
                                        now.minus(Duration.ofMinutes(40L * i))))
                .toList();
    }

    /** Writes rows as fast as the disk takes them, for those that need many. */
    public static void write(Folders folders, List<RunRecord> rows) throws IOException {
        Files.createDirectories(folders.history());
        ProcessId self = ProcessId.current();
        for (RunRecord row : rows) {
            Files.write(
                    folders.history().resolve(row.id() + ".json"),
                    RunFormat.write(row, RunStory.NONE, self));
        }
    }

    /** Keeps a row as if its run had been here. */
    public static void keep(Folders folders, RunRecord row) {
        RunHistory history = RunHistory.of(folders);
        try {
            history.begin(row);
            history.end(row, RunStory.NONE);
        } catch (IOException e) {
            throw new AssertionError("the history cannot be written", e);
        }
    }
}
