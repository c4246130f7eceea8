package dev.sluice.job;

import dev.sluice.job.RunRecord.Finding;
import dev.sluice.job.RunRecord.Outcome;
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
            SetOwner owner,
            Path set,
            VerifyReport report,
            Instant started,
            Duration duration,
            String trigger) {
        return new RunRecord(
                id,
                JobKind.CHECK,
                owner.server(),
                owner.database(),
                owner.type(),
                outcome(report),
                started,
                duration,
                report.bytes(),
                trigger,
                null,
                set,
                told(report),
                finding(report));
    }

    private static Outcome outcome(VerifyReport report) {
        if (report.isGood()) {
            return Outcome.COMPLETED;
        }
        return report.cancelled() && !report.isDamaged() ? Outcome.CANCELLED : Outcome.FAILED;
    }

    private static Finding finding(VerifyReport report) {
        if (report.isGood()) {
            return Finding.GOOD;
        }
        return report.isDamaged() ? Finding.DAMAGED : Finding.NONE;
    }

    private static Told told(VerifyReport report) {
        return switch (outcome(report)) {
            case COMPLETED -> Told.of("check.good");
            case CANCELLED -> Told.of("check.stopped");
            default -> {
                Told problems =
                        Told.lines(
                                report.problems().stream()
                                        .map(VerifyReport.Problem::text)
                                        .toList());
                yield report.isDamaged() ? problems : Told.lines(Told.of("check.unread"), problems);
            }
        };
    }
}
