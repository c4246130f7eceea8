package dev.sluice.job;

import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.media.Manifest;
import dev.sluice.media.VerifyReport;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

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
                told(report));
    }

    private static Outcome outcome(VerifyReport report) {
        if (!report.problems().isEmpty()) {
            return Outcome.FAILED;
        }
        return report.cancelled() ? Outcome.CANCELLED : Outcome.COMPLETED;
    }

    private static Told told(VerifyReport report) {
        if (!report.problems().isEmpty()) {
            return Told.lines(report.problems().stream().map(VerifyReport.Problem::text).toList());
        }
        return report.cancelled() ? Told.of("check.stopped") : Told.of("check.good");
    }
}
