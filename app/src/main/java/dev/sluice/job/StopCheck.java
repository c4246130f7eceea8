package dev.sluice.job;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.StopAt;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Whether a restore can stop where it is asked to, by what RESTORE HEADERONLY tells: a server finds
 * out in the midst of it, and leaves the database RESTORING. These times and STOPAT are both in the
 * local time of the server that made the backups, without a zone, and to the second.
 */
final class StopCheck {

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
     * @return what may go wrong all the same
     */
    static List<Told> check(StopAt stop, List<RestoreStep> steps) throws JobException {
        return switch (stop) {
            case StopAt.End _ -> List.of();
            case StopAt.Time time -> new StopCheck(time.time(), steps).checkTime();
            case StopAt.AtMark mark -> checkMark(mark.mark(), steps.getLast());
            case StopAt.BeforeMark mark -> checkMark(mark.mark(), steps.getLast());
        };
    }

    private List<Told> checkTime() throws JobException {
        requireAfterData();
        requireNoLogTooMany();
        requireWithinLogs();
        LocalDateTime end = lastLog.contents().finished();
        if (end == null || !second().isAfter(end)) {
            requireLogged(Told.of("stop.bulkLogged", second(), lastLog.folder()), lastLog);
        }
        return mayEndBefore() ? List.of(uncertainty()) : List.of();
    }

    /** By what a stop at a time is judged; empty where there is no time. */
    static Optional<Told> judgement(StopAt stop, List<RestoreStep> steps) {
        return stop instanceof StopAt.Time time
                ? Optional.of(new StopCheck(time.time(), steps).judgement())
                : Optional.empty();
    }

    private static List<Told> checkMark(String mark, RestoreStep last) throws JobException {
        // otherwise it may lie in a log that follows
        if (!goesOn(last)) {
            requireLogged(Told.of("stop.bulkLogged.mark", mark, last.folder()), last);
        }
        return List.of();
    }

    /** WITH NORECOVERY further logs may follow. */
    private static boolean goesOn(RestoreStep step) {
        return step.recovery() instanceof Recovery.NoRecovery;
    }

    /** Microsoft's documentation of the bulk-logged recovery model. */
    private static void requireLogged(Told otherwise, RestoreStep log) throws JobException {
        if (log.contents().bulkLogged()) {
            throw new JobException(otherwise);
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
                data.contents().type() == BackupType.FULL
                        ? Told.of("stop.beforeFull", second(), data.folder(), end)
                        : Told.of("stop.beforeDifferential", second(), data.folder(), end));
    }

    /** A log backup holds all until it began, so that the one after it has no part in the stop. */
    private void requireNoLogTooMany() throws JobException {
        for (int index = 0; index < logs.size() - 1; index++) {
            LocalDateTime start = logs.get(index).contents().started();
            if (start != null && !start.isBefore(stop)) {
                throw new JobException(
                        Told.of(
                                "stop.beforeLog",
                                second(),
                                logs.get(index).folder(),
                                start,
                                logs.get(index + 1).folder()));
            }
        }
    }

    private void requireWithinLogs() throws JobException {
        LocalDateTime end = lastLog.contents().finished();
        if (goesOn(lastLog) || end == null || !second().isAfter(end)) {
            return;
        }
        throw new JobException(Told.of("stop.afterLogs", second(), lastLog.folder(), end));
    }

    /** What a log backup holds of the time it ran is not told. */
    private boolean mayEndBefore() {
        LocalDateTime start = lastLog.contents().started();
        return !goesOn(lastLog) && start != null && start.isBefore(stop);
    }

    private Told uncertainty() {
        return Told.of("stop.uncertain", lastLog.folder(), second());
    }

    private Told judgement() {
        return Told.of(
                "stop.judged",
                second(),
                data == null ? Told.of("stop.judged.noData") : end(data),
                end(lastLog));
    }

    private static Told end(RestoreStep step) {
        LocalDateTime end = step.contents().finished();
        return end == null
                ? Told.of("stop.judged.endUnknown", step.folder())
                : Told.of("stop.judged.end", step.folder(), end);
    }
}
