package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows of the history as a table for other programs: RFC 4180, UTF-8, with the names of the JSON
 * fields as its header. A text that a spreadsheet would take for a formula begins with an
 * apostrophe, because names and server messages may come from anybody.
 */
final class RunCsv {

    private static final String FORMULA_STARTS = "=+-@\t\r";

    private static final List<String> HEADER =
            List.of(
                    "id",
                    "kind",
                    "server",
                    "database",
                    "type",
                    "outcome",
                    "started",
                    "durationMillis",
                    "bytes",
                    "trigger",
                    "statement",
                    "set",
                    "result",
                    "finding");

    private RunCsv() {}

    static byte[] of(List<RunRecord> runs) {
        return Stream.concat(Stream.of(HEADER), runs.stream().map(RunCsv::fields))
                .map(RunCsv::line)
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> fields(RunRecord run) {
        return List.of(
                run.id(),
                run.kind().name(),
                run.server(),
                run.database(),
                text(run.type()),
                run.outcome().name(),
                run.started().toString(),
                Long.toString(run.duration().toMillis()),
                Long.toString(run.bytes()),
                run.trigger(),
                text(run.statement()),
                text(run.set()),
                text(run.result()),
                run.finding().name());
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }

    private static String line(List<String> fields) {
        return fields.stream().map(RunCsv::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String field(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
