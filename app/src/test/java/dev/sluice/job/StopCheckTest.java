package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.StopAt;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

class StopCheckTest {

    private static final String COLUMN = "BackupFinishDate";
    private static final String START = "BackupStartDate";
    private static final String BULK = "HasBulkLoggedData";

    private static LocalDateTime at(int hour, int minute, int second) {
        return LocalDateTime.of(2026, 1, 31, hour, minute, second);
    }

    /** A full backup until 8:00:00, a differential until 8:30:00, a log until the given time. */
    private static Headers until(@Nullable LocalDateTime end) {
        return new Headers()
                .add(Headers.FULL, 100, 110)
                .with(COLUMN, at(8, 0, 0))
                .add(Headers.DIFFERENTIAL, 150, 160)
                .with(COLUMN, at(8, 30, 0))
                .add(Headers.LOG, 100, 200)
                .with(COLUMN, end);
    }

    /** By what it is judged, and what may go wrong all the same. */
    private static List<String> check(LocalDateTime stop, Headers sets) throws JobException {
        List<RestoreStep> steps = sets.steps(RestoreRequest.Options.plain(false, false));
        StopAt time = new StopAt.Time(stop);
        List<Told> told = new ArrayList<>(StopCheck.check(time, steps));
        told.addFirst(StopCheck.judgement(time, steps).orElseThrow());
        return told.stream().map(Told::english).toList();
    }

    private static void assertRefused(LocalDateTime stop, Headers sets, String... words) {
        assertThatThrownBy(() -> check(stop, sets))
                .isInstanceOf(JobException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void refusesAStopBeforeTheEndOfTheLastDataBackup() {
        assertRefused(
                at(8, 29, 59),
                until(at(9, 0, 0)),
                "2026-01-31 08:29:59",
                "before the end of the differential backup /2, which is 2026-01-31 08:30:00",
                "Leave it out");
        assertRefused(
                at(7, 59, 59),
                new Headers()
                        .add(Headers.FULL, 100, 110)
                        .with(COLUMN, at(8, 0, 0))
                        .add(Headers.LOG, 100, 200),
                "before the end of the full backup /1",
                "an earlier full backup");
    }

    @Test
    void refusesAStopAfterTheLastLog() {
        assertRefused(
                at(9, 0, 1),
                until(at(9, 0, 0)),
                "after the end of the last log backup /3, which is 2026-01-31 09:00:00",
                "leave the database RESTORING",
                "Add the log backup");
    }

    @Test
    void tellsWhatItWasJudgedAgainst() throws Exception {
        assertThat(check(at(8, 45, 0), until(at(9, 0, 0))))
                .singleElement()
                .asString()
                .contains(
                        "2026-01-31 08:45:00",
                        "the end of /2 (2026-01-31 08:30:00)",
                        "the end of /3 (2026-01-31 09:00:00)",
                        "local time of the server");
    }

    @Test
    void takesTheServersSecondsForWhole() throws Exception {
        assertThat(check(at(9, 0, 0).plusNanos(700_000_000), until(at(9, 0, 0)))).hasSize(1);
        assertThat(check(at(8, 30, 0), until(at(9, 0, 0)))).hasSize(1);
    }

    @Test
    void takesTheLastLogOfSeveral() throws Exception {
        Headers more = until(at(9, 0, 0)).add(Headers.LOG, 200, 300).with(COLUMN, at(10, 0, 0));
        assertThat(check(at(9, 30, 0), more)).hasSize(1);
    }

    /** The log until 9:00:00 began at 8:58:00; another one follows. */
    private static Headers twoLogs() {
        return until(at(9, 0, 0))
                .with(START, at(8, 58, 0))
                .add(Headers.LOG, 200, 300)
                .with(START, at(9, 59, 0))
                .with(COLUMN, at(10, 0, 0));
    }

    @Test
    void refusesALogAfterTheOneThatHasTheStop() throws Exception {
        for (LocalDateTime stop : List.of(at(8, 40, 0), at(8, 58, 0))) {
            assertRefused(
                    stop,
                    twoLogs(),
                    "is in the log backup /3, which began at 2026-01-31 08:58:00",
                    "lies before all that /4 holds",
                    "Leave it out");
        }
        assertThatThrownBy(
                        () ->
                                StopCheck.check(
                                        new StopAt.Time(at(8, 40, 0)),
                                        twoLogs().steps(RestoreRequest.Options.plain(false, true))))
                .as("no log that follows helps")
                .hasMessageContaining("lies before all that /4 holds");
        // between the two, only the later one has it
        assertThat(check(at(9, 30, 0), twoLogs())).hasSize(1);
        assertThat(check(at(8, 58, 1), twoLogs())).hasSize(1);
    }

    @Test
    void tellsThatALogMayEndBeforeAStopInTheTimeItRan() throws Exception {
        assertThat(check(at(9, 59, 0), twoLogs())).hasSize(1);
        assertThat(check(at(9, 59, 30), twoLogs()))
                .element(1)
                .asString()
                .contains("/4 was being made at 2026-01-31 09:59:30", "RESTORING");
        assertThat(
                        StopCheck.check(
                                new StopAt.Time(at(9, 59, 30)),
                                twoLogs().steps(RestoreRequest.Options.plain(false, true))))
                .isEmpty();
    }

    @Test
    void refusesAStopWithinALogThatHoldsBulkLoggedChanges() throws Exception {
        Headers bulk = twoLogs().with(BULK, true);
        assertRefused(
                at(9, 30, 0),
                bulk,
                "2026-01-31 09:30:00, lies in the log backup /4",
                "bulk-logged",
                "Leave the stop out");
        List<RestoreStep> steps = bulk.steps(RestoreRequest.Options.PLAIN);
        List<StopAt> marks =
                List.of(new StopAt.AtMark("import", null), new StopAt.BeforeMark("import", null));
        for (StopAt mark : marks) {
            assertThatThrownBy(() -> StopCheck.check(mark, steps))
                    .isInstanceOf(JobException.class)
                    .hasMessageContainingAll("the mark \"import\"", "/4", "bulk-logged");
        }
        assertThat(StopCheck.check(new StopAt.End(), steps)).isEmpty();
    }

    @Test
    void takesAStopBeyondBulkLoggedChanges() throws Exception {
        Headers earlier =
                until(at(9, 0, 0))
                        .with(BULK, true)
                        .add(Headers.LOG, 200, 300)
                        .with(BULK, false)
                        .with(COLUMN, at(10, 0, 0));
        assertThat(check(at(9, 30, 0), earlier)).hasSize(1);
        List<RestoreStep> goesOn =
                until(at(9, 0, 0))
                        .with(BULK, true)
                        .steps(RestoreRequest.Options.plain(false, true));
        assertThat(StopCheck.check(new StopAt.Time(at(9, 0, 1)), goesOn)).isEmpty();
        assertThat(StopCheck.check(new StopAt.AtMark("import", null), goesOn)).isEmpty();
    }

    @Test
    void letsFurtherLogsReachAStopAfterNoRecovery() throws Exception {
        assertThat(
                        StopCheck.check(
                                new StopAt.Time(at(12, 0, 0)),
                                until(at(9, 0, 0))
                                        .steps(RestoreRequest.Options.plain(false, true))))
                .isEmpty();
    }

    @Test
    void leavesToTheServerWhatItDoesNotTell() throws Exception {
        assertThat(check(at(12, 0, 0), until(null)))
                .singleElement()
                .asString()
                .contains("/3 (which the server does not tell)");
        assertThat(
                        check(
                                at(1, 0, 0),
                                new Headers().add(Headers.LOG, 100, 200).with(COLUMN, at(9, 0, 0))))
                .singleElement()
                .asString()
                .contains("no full or differential backup");
    }

    @Test
    void saysNothingOfARestoreToTheEnd() throws Exception {
        assertThat(
                        StopCheck.check(
                                new StopAt.End(),
                                until(at(9, 0, 0)).steps(RestoreRequest.Options.PLAIN)))
                .isEmpty();
    }
}
