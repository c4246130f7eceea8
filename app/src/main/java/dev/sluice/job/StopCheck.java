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
import java.util.Optional;

/**
 * Whether a restore can stop where it is asked to, by what RESTORE HEADERONLY tells: a server finds
 * out in the midst of it, and leaves the database RESTORING. These times and STOPAT are both in the
 * local time of the server that made the backups, without a zone, and to the second.
 */
final class StopCheck {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final LocalDateTime stop;
    private final @Nullable RestoreStep data;
    private final List<RestoreStep> logs;
    private final RestoreStep lastLog;

    private StopCheck(LocalDateTime stop, List<RestoreStep> steps) {
        this.stop = stop;
        this.data =
                steps.stream()
                        .filter(step -> step.contents().type() != BackupType.LOG)
                        .reduce((one, two) -> two)
                        .orElse(null);
        this.logs =
                steps.stream().filter(step -> step.contents().type() == BackupType.LOG).toList();
        this.lastLog = steps.getLast();
    }

    /**
     * Refuses a time that the sets do not reach or that earlier ones reach already, and a stop
     * within a log backup that allows none.
     *
     * @param stop where the restore stops; marks are found by the server alone
     * @param steps in their order, each with its contents; with a stop, the last is a log backup
     * @return what may go wrong all the same, in sentences
     */
    static List<String> check(StopAt stop, List<RestoreStep> steps) throws JobException {
        return switch (stop) {
            case StopAt.End _ -> List.of();
            case StopAt.Time time -> new StopCheck(time.time(), steps).checkTime();
            case StopAt.AtMark mark -> checkMark(mark.mark(), steps.getLast());
            case StopAt.BeforeMark mark -> checkMark(mark.mark(), steps.getLast());
        };
    }

    private List<String> checkTime() throws JobException {
        requireAfterData();
        requireNoLogTooMany();
        requireWithinLogs();
        LocalDateTime end = lastLog.contents().finished();
        if (end == null || !second().isAfter(end)) {
            requireLogged(MOMENT.format(stop), lastLog);
        }
        return mayEndBefore() ? List.of(uncertainty()) : List.of();
    }

    /** By what a stop at a time is judged, in a sentence; empty where there is no time. */
    static Optional<String> judgement(StopAt stop, List<RestoreStep> steps) {
        return stop instanceof StopAt.Time time
                ? Optional.of(new StopCheck(time.time(), steps).judgement())
                : Optional.empty();
    }

    private static List<String> checkMark(String mark, RestoreStep last) throws JobException {
        // otherwise it may lie in a log that follows
        if (!goesOn(last)) {
            requireLogged("the mark \"%s\"".formatted(mark), last);
        }
        return List.of();
    }

    /** WITH NORECOVERY further logs may follow. */
    private static boolean goesOn(RestoreStep step) {
        return step.recovery() instanceof Recovery.NoRecovery;
    }

    /** Microsoft's documentation of the bulk-logged recovery model. */
    private static void requireLogged(String stop, RestoreStep log) throws JobException {
        if (log.contents().bulkLogged()) {
            throw new JobException(
                    ("the point to stop at, %s, lies in the log backup %s, which holds bulk-logged"
                         + " changes: no restore stops within such a backup. Leave the stop out to"
                         + " restore all of it, or leave this set out, too, and get to the end of"
                         + " the one before it")
                            .formatted(stop, log.folder()));
        }
    }

    /** The server's times are whole seconds. */
    private LocalDateTime second() {
        return stop.truncatedTo(ChronoUnit.SECONDS);
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

    /** A log backup holds all until it began, so that the one after it has no part in the stop. */
    private void requireNoLogTooMany() throws JobException {
        for (int index = 0; index < logs.size() - 1; index++) {
            LocalDateTime start = logs.get(index).contents().started();
            if (start != null && !start.isBefore(stop)) {
                throw new JobException(
                        ("the point to stop at, %s, is in the log backup %s, which began at %s, and"
                             + " lies before all that %s holds: the server would refuse that one,"
                             + " and leave the database RESTORING. Leave it out, and what follows"
                             + " it")
                                .formatted(
                                        MOMENT.format(stop),
                                        logs.get(index).folder(),
                                        MOMENT.format(start),
                                        logs.get(index + 1).folder()));
            }
        }
    }

    private void requireWithinLogs() throws JobException {
        LocalDateTime end = lastLog.contents().finished();
        if (goesOn(lastLog) || end == null || !second().isAfter(end)) {
            return;
        }
        throw new JobException(
                ("the point to stop at, %s, lies after the end of the last log backup %s, which is"
                     + " %s: the server would leave the database RESTORING. Add the log backup that"
                     + " has that point, or leave the stop out to get all there is")
                        .formatted(MOMENT.format(stop), lastLog.folder(), MOMENT.format(end)));
    }

    /** What a log backup holds of the time it ran is not told. */
    private boolean mayEndBefore() {
        LocalDateTime start = lastLog.contents().started();
        return !goesOn(lastLog) && start != null && start.isBefore(stop);
    }

    private String uncertainty() {
        return "The log backup %s was being made at %s, and its log may end before that moment: the server may leave the database RESTORING, until the next log backup is restored."
                .formatted(lastLog.folder(), MOMENT.format(stop));
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
