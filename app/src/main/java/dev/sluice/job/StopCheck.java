package dev.sluice.job;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.StopAt;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Whether a restore can stop at a time, by the times that RESTORE HEADERONLY tells: a server finds
 * out in the midst of it, and leaves the database RESTORING. These times and STOPAT are both in the
 * local time of the server that made the backups, without a zone, and to the second.
 */
final class StopCheck {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final LocalDateTime stop;
    private final @Nullable RestoreStep data;
    private final RestoreStep lastLog;

    private StopCheck(LocalDateTime stop, List<RestoreStep> steps) {
        this.stop = stop;
        this.data =
                steps.stream()
                        .filter(step -> step.contents().type() != BackupType.LOG)
                        .reduce((one, two) -> two)
                        .orElse(null);
        this.lastLog = steps.getLast();
    }

    /**
     * Refuses a time that the sets do not reach.
     *
     * @param stop where the restore stops; marks are found by the server alone
     * @param steps in their order, each with its contents; with a time, the last is a log backup
     * @return what it was judged against, in a sentence; empty when there is no time
     */
    static List<String> check(StopAt stop, List<RestoreStep> steps) throws JobException {
        if (!(stop instanceof StopAt.Time time)) {
            return List.of();
        }
        StopCheck check = new StopCheck(time.time(), steps);
        check.requireAfterData();
        check.requireWithinLogs();
        return List.of(check.judgement());
    }

    private void requireAfterData() throws JobException {
        LocalDateTime end = data == null ? null : data.contents().finished();
        if (data == null || end == null || !stop.isBefore(end)) {
            return;
        }
        throw new JobException(
                ("the point to stop at, %s, lies before the end of the %s backup %s, which is %s;"
                                + " no restore of that backup gets to before its end. %s")
                        .formatted(
                                MOMENT.format(stop),
                                data.contents().type().word(),
                                data.folder(),
                                MOMENT.format(end),
                                data.contents().type() == BackupType.FULL
                                        ? "Choose a later point, or begin with an earlier full"
                                                + " backup"
                                        : "Leave it out and restore the log backups since the full"
                                                + " one, or choose a later point"));
    }

    /** WITH NORECOVERY further logs may follow, which reach that point. */
    private void requireWithinLogs() throws JobException {
        LocalDateTime end = lastLog.contents().finished();
        boolean goesOn = lastLog.recovery() instanceof Recovery.NoRecovery;
        if (goesOn || end == null || !stop.truncatedTo(ChronoUnit.SECONDS).isAfter(end)) {
            return;
        }
        throw new JobException(
                ("the point to stop at, %s, lies after the end of the last log backup %s, which is"
                     + " %s: the server would leave the database RESTORING. Add the log backup that"
                     + " has that point, or leave the stop out to get all there is")
                        .formatted(MOMENT.format(stop), lastLog.folder(), MOMENT.format(end)));
    }

    private String judgement() {
        return "The stop at %s was judged against %s and %s, in the local time of the server that made them."
                .formatted(
                        MOMENT.format(stop),
                        data == null
                                ? "no full or differential backup, as none is among the sets,"
                                : end(data),
                        end(lastLog));
    }

    private static String end(RestoreStep step) {
        LocalDateTime end = step.contents().finished();
        return "the end of %s (%s)"
                .formatted(
                        step.folder(),
                        end == null ? "which the server does not tell" : MOMENT.format(end));
    }
}
