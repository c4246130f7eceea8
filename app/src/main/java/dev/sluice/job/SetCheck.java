package dev.sluice.job;

import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.media.Manifest;
import dev.sluice.media.VerifyReport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * Sluice's own verification of a backup set.
 *
 * @param report what was found
 * @param run its row of the history
 * @param notKept why the row is not in the history; null when it is
 */
public record SetCheck(VerifyReport report, RunRecord run, @Nullable IOException notKept) {

    static RunRecord row(
            String id,
            Manifest manifest,
            Path set,
            VerifyReport report,
            Instant started,
            Duration duration,
            String trigger) {
        return new RunRecord(
                id,
                JobKind.CHECK,
                manifest.server(),
                manifest.database(),
                manifest.type().word(manifest.scope()),
                outcome(report),
                started,
                duration,
                report.bytes(),
                trigger,
                null,
                set,
                result(report));
    }

    private static Outcome outcome(VerifyReport report) {
        if (!report.problems().isEmpty()) {
            return Outcome.FAILED;
        }
        return report.cancelled() ? Outcome.CANCELLED : Outcome.COMPLETED;
    }

    private static String result(VerifyReport report) {
        if (!report.problems().isEmpty()) {
            return report.problems().stream()
                    .map(VerifyReport.Problem::text)
                    .collect(Collectors.joining("\n"));
        }
        return report.cancelled()
                ? "It was stopped and says nothing about the set."
                : "Every byte is as it was written.";
    }
}
