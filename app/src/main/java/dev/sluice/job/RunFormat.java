package dev.sluice.job;

import dev.sluice.job.RunRecord.Finding;
import dev.sluice.job.RunRecord.Outcome;

import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A row of the history as JSON. */
final class RunFormat {

    /** The schema version written here, and the newest read. */
    static final int VERSION = 3;

    private RunFormat() {}

    /** What a row's file holds: the row, and the process that wrote it. */
    record Entry(RunRecord run, ProcessId process) {}

    static byte[] write(RunRecord run, RunStory story, ProcessId process) {
        Path set = run.set();
        ObjectNode tree = JsonFields.newObject();
        tree.put(JsonFields.SCHEMA_VERSION, VERSION)
                .put("id", run.id())
                .put("kind", run.kind().name())
                .put("server", run.server())
                .put("database", run.database())
                .put("type", run.type())
                .put("outcome", run.outcome().name())
                .put("started", run.started().toString())
                .put("durationMillis", run.duration().toMillis())
                .put("bytes", run.bytes())
                .put("trigger", run.trigger())
                .put("statement", run.statement())
                .put("set", set == null ? null : set.toString())
                .put("pid", process.pid())
                .put("processStarted", process.started().toString());
        tree.put("finding", run.finding().name());
        ToldFormat.put(tree, "result", "told", run.told());
        StoryFormat.write(story, tree);
        return JsonFields.toBytes(tree);
    }

    /** Reads what the run did; none in a file of version 1. */
    static RunStory readStory(byte[] content) {
        return StoryFormat.read(JsonFields.parse(content, VERSION));
    }

    /** Reads a row; an IllegalArgumentException or DateTimeException says what is wrong with it. */
    static Entry read(byte[] content) {
        JsonFields fields = JsonFields.parse(content, VERSION);
        JobKind kind = JobKind.valueOf(fields.text("kind"));
        Outcome outcome = Outcome.valueOf(fields.text("outcome"));
        RunRecord run =
                new RunRecord(
                        fields.text("id"),
                        kind,
                        fields.text("server"),
                        fields.text("database"),
                        fields.textOrNull("type"),
                        outcome,
                        Instant.parse(fields.text("started")),
                        Duration.ofMillis(fields.number("durationMillis")),
                        fields.number("bytes"),
                        fields.text("trigger"),
                        fields.textOrNull("statement"),
                        fields.pathOrNull("set"),
                        ToldFormat.get(fields, "result", "told"),
                        fields.has("finding")
                                ? Finding.valueOf(fields.text("finding"))
                                : ofOutcome(kind, outcome));
        ProcessId process =
                new ProcessId(fields.number("pid"), Instant.parse(fields.text("processStarted")));
        return new Entry(run, process);
    }

    /** What a row says that was written when every failure of a check counted as damage. */
    private static Finding ofOutcome(JobKind kind, Outcome outcome) {
        if (kind != JobKind.CHECK) {
            return Finding.NONE;
        }
        return switch (outcome) {
            case COMPLETED -> Finding.GOOD;
            case FAILED -> Finding.DAMAGED;
            case RUNNING, CANCELLED, INTERRUPTED -> Finding.NONE;
        };
    }
}
