package dev.sluice.job;

import static dev.sluice.job.RunRecord.Finding.NONE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.sql.BackupType;
import dev.sluice.words.Told;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class RunHistoryTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final Path folder;
    private final RunHistory history;

    RunHistoryTest(@TempDir Path home) {
        this.folder = home.resolve("history");
        this.history = new RunHistory(folder, folder.resolve("log"));
    }

    private static RunRecord run(String id, RunRecord.Outcome outcome, Instant started) {
        return new RunRecord(
                id,
                JobKind.BACKUP,
                "embedded",
                "Sales",
                "full",
                outcome,
                started,
                Duration.ofMillis(1234),
                4096,
                "profile nightly",
                "BACKUP DATABASE [Sales] …",
                Path.of("/backups/set"),
                Told.asIs("a line\nand \"another\""),
                RunRecord.Finding.NONE);
    }

    private static RunRecord told(Told told) {
        return HistoryRows.with(run("told", RunRecord.Outcome.COMPLETED, START), told);
    }

    @Test
    void isEmptyAtFirst() throws Exception {
        assertThat(history.list()).isEmpty();
    }

    @Test
    void givesBackWhatItWasGivenNewestFirst() throws Exception {
        RunRecord older = run("a", RunRecord.Outcome.FAILED, START);
        RunRecord newer = run("b", RunRecord.Outcome.COMPLETED, START.plusSeconds(1));
        history.begin(older);
        history.end(older, RunStory.NONE);
        history.begin(newer);
        history.end(newer, RunStory.NONE);
        assertThat(history.list()).containsExactly(newer, older);
        assertThat(new RunHistory(folder, folder.resolve("log")).list())
                .containsExactly(newer, older);
    }

    @Test
    void tellsWhatARunDidOnceItHasEnded() throws Exception {
        RunRecord run = run("a", RunRecord.Outcome.CANCELLED, START);
        RunStory story =
                new RunStory(
                        List.of(
                                new JobEvent(
                                        START, JobEvent.Level.INFO, Told.of("log.set", "S-1", 4)),
                                new JobEvent(START, JobEvent.Level.SERVER, "Msg 3211: \"10\" %")),
                        List.of(
                                new DrainStep(
                                        DrainStep.Phase.SIGNAL_ABORT_SENT,
                                        DrainStep.Status.DONE,
                                        Duration.ofMillis(3),
                                        Told.of(
                                                "drain.returning",
                                                3,
                                                8,
                                                Told.of("drain.inIo", 2, Duration.ofMillis(7))))),
                        List.of(new RunStory.Device("Sluice-1", Path.of("/b/stripe-01.bak"), 7)),
                        List.of(
                                new RunStory.Moved(Duration.ZERO, 0),
                                new RunStory.Moved(Duration.ofMillis(250), 7)),
                        "sluice backup --to='/b c'");
        history.begin(run);
        assertThat(history.story(run)).isEqualTo(RunStory.NONE);
        history.end(run, story);
        assertThat(history.story(run)).isEqualTo(story);
    }

    /** What the window says in another language needs more than the English words. */
    @Test
    void keepsTheValuesOfWhatWasTold() throws Exception {
        Told told =
                Told.lines(
                        Told.of(
                                "end.backup",
                                Told.of("title.backup", BackupType.LOG, "Sales", "prod", folder),
                                new Told.Bytes(4096),
                                2,
                                folder),
                        Told.asIs("Msg 4035"));
        RunRecord run = told(told);
        history.begin(run);
        history.end(run, RunStory.NONE);
        assertThat(history.list()).extracting(RunRecord::told).containsExactly(told);
    }

    /** A sentence, one with more values, a kind of value, values that do not fit, no sentence. */
    @ParameterizedTest
    @CsvSource({
        "end.backup, end.ofLaterYears",
        "number, numberOfLaterYears",
        "'\"text\" : \"/backups/set\"', '\"time\" : \"some day\"'",
        "'\"number\" : 2', '\"text\" : \"two\"'",
        "'\"number\" : 2', '\"number\" : 2.5'",
        "end.backup, place.taken",
        "key, keyOfLaterYears"
    })
    void showsWhatANewerVersionTellsInItsEnglishWords(String ours, String newer) throws Exception {
        RunRecord run =
                told(Told.of("end.backup", "The backup", new Told.Bytes(4096), 2, "/backups/set"));
        history.begin(run);
        history.end(run, RunStory.NONE);
        Path row = folder.resolve(run.id() + ".json");
        String written = Files.readString(row);
        assertThat(written).contains(ours);
        Files.writeString(row, written.replace(ours, newer));
        assertThat(new RunHistory(folder, folder.resolve("log")).list())
                .extracting(RunRecord::told)
                .containsExactly(
                        Told.asIs(
                                "The backup is complete: 4,096 bytes in 2 stripes, in"
                                        + " /backups/set"));
    }

    /** Every failure of a check counted as damage when these were written. */
    @ParameterizedTest
    @CsvSource({
        "CHECK, COMPLETED, GOOD",
        "CHECK, FAILED, DAMAGED",
        "VERIFICATION, FAILED, NONE",
        "CHECK, CANCELLED, NONE",
        "BACKUP, FAILED, NONE"
    })
    void knowsWhatRowsFoundThatDoNotSaySo(
            JobKind kind, RunRecord.Outcome outcome, RunRecord.Finding finding) throws Exception {
        Path set = folder.resolveSibling("set");
        RunRecord run =
                HistoryRows.with(
                        HistoryRows.ofSet(kind, outcome, set, START, "a test", null),
                        RunRecord.Finding.NONE);
        TestRuns.keep(history, run, RunStory.NONE);
        assertThat(history.list()).extracting(RunRecord::finding).containsExactly(NONE);
        Path row = folder.resolve(run.id() + ".json");
        String written = Files.readString(row);
        Files.writeString(row, written.replaceFirst("\"finding\" : \"NONE\",", ""));
        assertThat(new RunHistory(folder, folder.resolve("log")).list())
                .extracting(RunRecord::finding)
                .containsExactly(finding);
    }

    @Test
    void readsRowsThatKeptNoStory() throws Exception {
        RunRecord run = run("old", RunRecord.Outcome.COMPLETED, START);
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("old.json"),
                """
                {"schemaVersion": 1, "id": "old", "kind": "BACKUP", "server": "embedded",
                 "database": "Sales", "type": "full", "outcome": "COMPLETED",
                 "started": "2026-03-01T10:00:00Z", "durationMillis": 1234, "bytes": 4096,
                 "trigger": "profile nightly", "statement": "BACKUP DATABASE [Sales] …",
                 "set": "%s", "result": "a line\\nand \\"another\\"",
                 "pid": 1, "processStarted": "2026-03-01T09:00:00Z"}
                """
                        .formatted(Path.of("/backups/set").toString().replace("\\", "\\\\")));
        assertThat(history.list()).containsExactly(run);
        assertThat(history.story(run)).isEqualTo(RunStory.NONE);
    }

    @Test
    void readsStoriesThatKeptNoThroughput() throws Exception {
        RunRecord run = run("old", RunRecord.Outcome.CANCELLED, START);
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("old.json"),
                """
                {"schemaVersion": 2, "id": "old", "kind": "BACKUP", "server": "embedded",
                 "database": "Sales", "type": "full", "outcome": "CANCELLED",
                 "started": "2026-03-01T10:00:00Z", "durationMillis": 1234, "bytes": 4096,
                 "trigger": "profile nightly", "statement": "BACKUP DATABASE [Sales] …",
                 "set": "%1$s", "result": "a line\\nand \\"another\\"",
                 "pid": 1, "processStarted": "2026-03-01T09:00:00Z",
                 "events": [
                   {"at": "2026-03-01T10:00:00Z", "level": "INFO", "text": "began"},
                   {"at": "2026-03-01T10:00:01Z", "level": "SERVER", "text": "Msg 3014"}],
                 "drain": [
                   {"phase": "BUFFERS_RETURNED", "status": "DONE", "elapsedMillis": 12,
                    "detail": "8 of 8 buffers returned"}],
                 "devices": [{"name": "Sluice-1", "stripe": "%1$s", "bytes": 4096}]}
                """
                        .formatted(Path.of("/backups/set").toString().replace("\\", "\\\\")));
        assertThat(history.list()).containsExactly(run);
        assertThat(history.story(run))
                .isEqualTo(
                        new RunStory(
                                List.of(
                                        new JobEvent(START, JobEvent.Level.INFO, "began"),
                                        new JobEvent(
                                                START.plusSeconds(1),
                                                JobEvent.Level.SERVER,
                                                "Msg 3014")),
                                List.of(
                                        new DrainStep(
                                                DrainStep.Phase.BUFFERS_RETURNED,
                                                DrainStep.Status.DONE,
                                                Duration.ofMillis(12),
                                                Told.asIs("8 of 8 buffers returned"))),
                                List.of(
                                        new RunStory.Device(
                                                "Sluice-1", Path.of("/backups/set"), 4096)),
                                List.of(),
                                null));
    }

    @Test
    void countsTheRunsOfANewerVersionAndLeavesThemAlone() throws Exception {
        RunRecord run = run("a", RunRecord.Outcome.COMPLETED, START);
        TestRuns.keep(history, run, RunStory.NONE);
        Path newer = folder.resolve("b.json");
        Files.writeString(newer, "{\"schemaVersion\": 99}");
        for (int time = 0; time < 2; time++) {
            assertThat(history.read()).isEqualTo(new RunHistory.Contents(List.of(run), 1));
        }
        assertThat(history.forgetBefore(START.plusSeconds(60))).isEqualTo(1);
        assertThat(newer).content().isEqualTo("{\"schemaVersion\": 99}");
        Files.delete(newer);
        assertThat(history.read()).isEqualTo(new RunHistory.Contents(List.of(), 0));
    }

    @Test
    void saysWhichFileHasADamagedStory() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("bad.json"), "{");
        assertThatExceptionOfType(SavedFileException.class)
                .isThrownBy(() -> history.story(run("bad", RunRecord.Outcome.COMPLETED, START)))
                .withMessageContaining("bad.json");
    }

    @Test
    void forgetsARowThatWasRemoved() throws Exception {
        RunRecord run = run("a", RunRecord.Outcome.COMPLETED, START);
        history.begin(run);
        history.end(run, RunStory.NONE);
        assertThat(history.list()).containsExactly(run);
        Files.delete(folder.resolve("a.json"));
        assertThat(history.list()).isEmpty();
    }

    @Test
    void forgetsOldRunsThatHaveEnded() throws Exception {
        RunRecord old = run("old", RunRecord.Outcome.COMPLETED, START);
        RunRecord young = run("young", RunRecord.Outcome.COMPLETED, START.plusSeconds(60));
        RunRecord live = run("live", RunRecord.Outcome.RUNNING, START);
        for (RunRecord run : List.of(old, young)) {
            history.begin(run);
            history.end(run, RunStory.NONE);
        }
        history.begin(live);
        assertThat(history.forgetBefore(START.plusSeconds(60))).isEqualTo(1);
        assertThat(history.list()).containsExactly(young, live);
        history.end(live, RunStory.NONE);
    }

    @Test
    void exportsWhatSpreadsheetsReadWithoutRunningIt() throws Exception {
        RunRecord run = run("=1+1", RunRecord.Outcome.FAILED, START);
        Path file = folder.resolveSibling("runs.csv");
        history.exportTo(file, List.of(run));
        assertThat(Files.readString(file))
                .isEqualTo(
                        "id,kind,server,database,type,outcome,started,durationMillis,bytes,trigger,"
                                + "statement,set,result,finding\r\n"
                                + "'=1+1,BACKUP,embedded,Sales,full,FAILED,2026-03-01T10:00:00Z,"
                                + "1234,4096,profile nightly,BACKUP DATABASE [Sales] …,"
                                + Path.of("/backups/set")
                                + ",\"a line\nand \"\"another\"\"\",NONE\r\n");
    }

    @Test
    void showsALiveRunAsRunning() throws Exception {
        history.begin(run("live", RunRecord.Outcome.RUNNING, START));
        assertThat(new RunHistory(folder, folder.resolve("log")).list())
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.RUNNING);
        history.end(run("live", RunRecord.Outcome.CANCELLED, START), RunStory.NONE);
        assertThat(history.list())
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.CANCELLED);
    }

    @Test
    void showsARunOfADeadProcessAsInterrupted() throws Exception {
        Process process = new ProcessBuilder(java(), "-version").start();
        Instant started = process.info().startInstant().orElse(Instant.now());
        process.waitFor();
        keep(run("dead", RunRecord.Outcome.RUNNING, START), process.pid(), started);
        assertThat(history.list())
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.INTERRUPTED);
    }

    @Test
    void isNotFooledByAnotherProcessWithTheSameNumber() throws Exception {
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        Instant started = parent.info().startInstant().orElseThrow();
        keep(run("alive", RunRecord.Outcome.RUNNING, START), parent.pid(), started);
        assertThat(history.list())
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.RUNNING);
        keep(
                run("alive", RunRecord.Outcome.RUNNING, START),
                parent.pid(),
                started.minusSeconds(3600));
        assertThat(history.list())
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.INTERRUPTED);
    }

    @Test
    void knowsItsOwnRunsFromThoseOfAnEarlierProcessWithItsNumber() throws Exception {
        ProcessId self = ProcessId.current();
        keep(run("earlier", RunRecord.Outcome.RUNNING, START), self.pid(), self.started());
        assertThat(history.list())
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.INTERRUPTED);
    }

    @Test
    void leavesOutWhatItCannotRead() throws Exception {
        RunRecord good = run("good", RunRecord.Outcome.COMPLETED, START);
        history.begin(good);
        history.end(good, RunStory.NONE);
        Files.writeString(folder.resolve("bad.json"), "{");
        Files.writeString(folder.resolve("future.json"), "{\"schemaVersion\" : 99}");
        Files.createDirectory(folder.resolve("unreadable.json"));
        assertThat(history.list()).containsExactly(good);
    }

    @Test
    void findsTheLastCompletedBackupOfTheSameKind() throws Exception {
        for (RunRecord.Outcome outcome : RunRecord.Outcome.values()) {
            history.begin(run("2026-" + outcome, outcome, START));
        }
        assertThat(history.lastBackup("embedded", "Sales", "full"))
                .map(RunRecord::id)
                .contains("2026-COMPLETED");
        assertThat(history.lastBackup("embedded", "Sales", "diff")).isEmpty();
        assertThat(history.lastBackup("embedded", "Other", "full")).isEmpty();
        assertThat(history.lastBackup("other", "Sales", "full")).isEmpty();
    }

    private void keep(RunRecord run, long pid, Instant started) throws Exception {
        Files.createDirectories(folder);
        Files.write(
                folder.resolve(run.id() + ".json"),
                RunFormat.write(run, RunStory.NONE, new ProcessId(pid, started)));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
