package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupAsk;
import dev.sluice.job.Job;
import dev.sluice.job.Job.CancelReply;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.RunRecord;
import dev.sluice.media.BackupCatalog;
import dev.sluice.media.BackupSet;
import dev.sluice.media.RestoreTimes;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TailLog;
import dev.sluice.tds.Message;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.UUID;

/**
 * The log of a database, through everything there is: its tail, and where a restore stops in it.
 * What was restored is judged by what is in the database.
 */
@Timeout(120)
class LogEndToEndTest {

    private static final String LEDGER = "Ledger";
    private static final String BACKUP_LOG = "BACKUP LOG";
    private static final Recovery RECOVERY = new Recovery.Recover();

    private SqlServerBench bench;
    private ServerDatabase ledger;
    private Path full;

    @BeforeEach
    void begin(@TempDir Path home) throws Exception {
        bench = new SqlServerBench(home);
        ledger = bench.server.createLive(LEDGER);
        ledger.fill(LEDGER, 40);
        full = bench.complete(SqlServerBench.ask(LEDGER, BackupType.FULL));
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private static BackupAsk log() {
        return SqlServerBench.ask(LEDGER, BackupType.LOG);
    }

    private Path logBackup() {
        return bench.complete(log());
    }

    private static String page(ServerDatabase database, int page) {
        return Objects.requireNonNull(database.file(LEDGER).pages.get(page)).text();
    }

    // ---- the tail

    @Test
    void theTailLeavesTheDatabaseRestoringAndTheChainBringsAllOfItBack() throws Exception {
        ledger.write(LEDGER, 1, "in the log");
        Path log = logBackup();
        ledger.write(LEDGER, 2, "in the tail");
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();

        JobSnapshot end = SqlServerBench.await(bench.start(log().tail(TailLog.NORECOVERY)));

        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        assertThat(end.result()).contains("\"Ledger\" is RESTORING now");
        assertThat(ledger.state).isEqualTo(State.RESTORING);
        Path tail = SqlServerBench.set(end);
        assertThat(BackupSet.open(tail).manifest().statement()).contains("NORECOVERY");

        bench.restore(LEDGER, Options.PLAIN, full, log, tail);

        assertThat(ledger.state).isEqualTo(State.ONLINE);
        assertThat(ledger.content()).isEqualTo(before);
    }

    @Test
    void aDatabaseOfTheSameNameButAnotherFamilyIsNotReplacedThoughItWaits() throws Exception {
        Path tail = bench.complete(log().tail(TailLog.NORECOVERY));
        ledger.family = UUID.randomUUID();
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();

        JobSnapshot end = bench.tryToRestore(LEDGER, Options.PLAIN, full, tail);

        assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("Msg 3154", "\"Ledger\" is RESTORING");
        assertThat(bench.restores()).hasSize(1);
        assertThat(ledger.state).isEqualTo(State.RESTORING);
        assertThat(ledger.content()).isEqualTo(before);
    }

    @Test
    void theTailOfADamagedDatabaseIsSaved() throws Exception {
        ledger.write(LEDGER, 2, "in the tail");
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();
        ledger.lose(LEDGER, State.RECOVERY_PENDING);

        JobSnapshot refused = SqlServerBench.await(bench.start(log()));
        Path tail = bench.complete(log().tail(TailLog.NORECOVERY_NO_TRUNCATE));

        assertThat(refused.state()).isEqualTo(JobState.FAILED);
        assertThat(refused.result()).contains("RECOVERY_PENDING");
        assertThat(bench.server.statements().getLast()).contains("NO_TRUNCATE, NORECOVERY");
        bench.restore(LEDGER, Options.PLAIN, full, tail);
        assertThat(ledger.content()).isEqualTo(before);
    }

    @Test
    void theLogOfADamagedDatabaseIsCopiedWithoutTouchingIt() throws Exception {
        ledger.write(LEDGER, 2, "in the tail");
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();
        ledger.lose(LEDGER, State.SUSPECT);

        Path tail = bench.complete(log().tail(TailLog.NO_TRUNCATE));

        assertThat(ledger.state).isEqualTo(State.SUSPECT);
        bench.restore("Copy", Options.PLAIN, full, tail);
        assertThat(bench.database("Copy").content()).isEqualTo(before);
    }

    @Test
    void aStopInTheTailTellsThatTheDatabaseIsStillInUse() throws Exception {
        JobSnapshot end = stopInTail();
        assertThat(ledger.state).isEqualTo(State.ONLINE);
        assertThat(end.result()).contains("\"Ledger\" is ONLINE now").doesNotContain("RECOVERY");
    }

    @Test
    void aStopInTheTailTellsThatTheDatabaseIsClosedAndHowToOpenIt() throws Exception {
        bench.server.setTailClosesFirst(true);
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();
        JobSnapshot end = stopInTail();
        assertThat(ledger.state).isEqualTo(State.RESTORING);
        String advice = "RESTORE DATABASE [Ledger] WITH RECOVERY";
        assertThat(end.result()).contains("\"Ledger\" is RESTORING now", advice);

        try (SqlSession session = bench.server.asAdded().connect()) {
            session.execute(advice, message -> {});
        }

        assertThat(ledger.state).isEqualTo(State.ONLINE);
        assertThat(ledger.content()).isEqualTo(before);
        bench.complete(log());
    }

    private JobSnapshot stopInTail() throws Exception {
        Fault.Hold hold = new Fault.Hold(10_000);
        bench.server.next(BACKUP_LOG, hold);
        Job job = bench.start(log().tail(TailLog.NORECOVERY));
        hold.awaitReached();
        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        SqlServerBench.untilAborted(job);
        hold.release();
        JobSnapshot end = SqlServerBench.await(job);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.CANCELLED);
        assertThat(bench.engine.history().list().getFirst().outcome())
                .isEqualTo(RunRecord.Outcome.CANCELLED);
        return end;
    }

    @Test
    void aTailThatFailsAfterAllItsDataIsNoBackupAndTheDatabaseIsLookedAt() throws Exception {
        bench.server.setTailClosesFirst(true);
        bench.server.next(
                BACKUP_LOG,
                new Fault.FailAfterAll(
                        new Message(3009, 16, 1, "Could not insert a backup or restore history")));
        JobSnapshot end = SqlServerBench.await(bench.start(log().tail(TailLog.NORECOVERY)));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("Msg 3009", "Msg 3013", "\"Ledger\" is RESTORING now");
        assertThat(bench.files()).allMatch(file -> file.startsWith(full));
    }

    @Test
    void aTailWhoseConnectionIsLostTellsWhatBecameOfTheDatabase() throws Exception {
        bench.server.next(BACKUP_LOG, new Fault.DropConnection(10_000));
        JobSnapshot end = SqlServerBench.await(bench.start(log().tail(TailLog.NORECOVERY)));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result())
                .contains("the connection to prod was lost", "\"Ledger\" is ONLINE now");
    }

    // ---- where it stops

    @Test
    void aRestoreStopsAtATimeAndHoldsWhatWasWrittenUntilThen() throws Exception {
        ledger.write(LEDGER, 1, "good");
        LocalDateTime then = ledger.now();
        ledger.write(LEDGER, 1, "bad");
        Path log = logBackup();

        bench.restore("Copy", Options.of(RECOVERY, new StopAt.Time(then)), full, log);

        assertThat(page(bench.database("Copy"), 1)).isEqualTo("good");
        assertThat(bench.database("Copy").state).isEqualTo(State.ONLINE);
    }

    @Test
    void aLogAfterTheOneThatHasTheStopIsRefusedBeforeAnythingIsTouched() throws Exception {
        ledger.write(LEDGER, 1, "good");
        LocalDateTime then = ledger.now();
        ledger.write(LEDGER, 1, "bad");
        Path first = logBackup();
        ledger.write(LEDGER, 2, "later");
        Path second = logBackup();
        StopAt stop = new StopAt.Time(then);

        JobSnapshot end =
                bench.tryToRestore("Copy", Options.of(RECOVERY, stop), full, first, second);

        assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
        assertThat(end.result())
                .contains("is in the log backup " + first, "before all that " + second + " holds");
        assertThat(bench.restores()).isEmpty();
        assertThat(bench.server.find("Copy")).isNull();
    }

    @Test
    void theSetsThatLeadToATimeStopThereThoughThereAreLaterOnes() throws Exception {
        ledger.write(LEDGER, 1, "good");
        LocalDateTime then = ledger.now();
        ledger.write(LEDGER, 1, "bad");
        Path first = logBackup();
        bench.complete(SqlServerBench.ask(LEDGER, BackupType.DIFFERENTIAL));
        Path newest = logBackup();

        List<BackupSet> chain =
                RestoreTimes.around(
                                BackupSet.open(newest),
                                BackupCatalog.find(bench.destination).sets())
                        .chainTo(then);
        Path[] sets = chain.stream().map(BackupSet::directory).toArray(Path[]::new);
        bench.restore("Copy", Options.of(RECOVERY, new StopAt.Time(then)), sets);

        assertThat(sets).containsExactly(full, first);
        assertThat(page(bench.database("Copy"), 1)).isEqualTo("good");
    }

    @Test
    void aStopAmongBulkLoggedChangesIsRefusedBeforeAnythingIsTouched() throws Exception {
        ledger.recoveryModel = "BULK_LOGGED";
        ledger.write(LEDGER, 1, "good", "import");
        LocalDateTime then = ledger.now();
        ledger.writeInBulk(LEDGER, 1, "bad");
        Path log = logBackup();

        for (StopAt stop : List.of(new StopAt.Time(then), new StopAt.AtMark("import", null))) {
            JobSnapshot end = bench.tryToRestore("Copy", Options.of(RECOVERY, stop), full, log);
            assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
            assertThat(end.result()).contains(log.toString(), "which holds bulk-logged changes");
            assertThat(bench.restores()).isEmpty();
            assertThat(bench.server.find("Copy")).isNull();
        }

        bench.restore("Copy", Options.PLAIN, full, log);
        assertThat(bench.database("Copy").content()).isEqualTo(ledger.content());
    }

    @Test
    void aStopIsReachedThoughAnEarlierLogHoldsBulkLoggedChanges() {
        ledger.recoveryModel = "BULK_LOGGED";
        ledger.writeInBulk(LEDGER, 1, "in bulk");
        Path first = logBackup();
        ledger.write(LEDGER, 2, "good");
        LocalDateTime then = ledger.now();
        ledger.write(LEDGER, 2, "bad");
        Path second = logBackup();

        bench.restore("Copy", Options.of(RECOVERY, new StopAt.Time(then)), full, first, second);

        assertThat(page(bench.database("Copy"), 1)).isEqualTo("in bulk");
        assertThat(page(bench.database("Copy"), 2)).isEqualTo("good");
    }

    @Test
    void aStopWhileTheLastLogWasBeingMadeIsTriedAndSaidToBeUncertain() {
        ledger.write(LEDGER, 1, "good");
        LocalDateTime then = ledger.now().plusSeconds(5);
        Path log = logBackup();

        JobSnapshot end =
                bench.restore("Copy", Options.of(RECOVERY, new StopAt.Time(then)), full, log);

        assertThat(end.events())
                .filteredOn(event -> event.level() == JobEvent.Level.WARNING)
                .extracting(JobEvent::text)
                .anyMatch(text -> text.startsWith("The log backup " + log + " was being made at"))
                .noneMatch(text -> text.contains("was judged against"));
        assertThat(end.events())
                .filteredOn(event -> event.level() == JobEvent.Level.INFO)
                .extracting(JobEvent::text)
                .anyMatch(text -> text.contains("was judged against"));
        assertThat(page(bench.database("Copy"), 1)).isEqualTo("good");
    }

    /** Page 1 before the mark, page 2 in it, page 3 after it. */
    private void writeAround(String mark, String round) {
        ledger.write(LEDGER, 1, "before " + round);
        ledger.write(LEDGER, 2, "marked " + round, mark);
        ledger.write(LEDGER, 3, "after " + round);
    }

    private void assertPages(String... texts) {
        ServerDatabase copy = bench.database("Copy");
        assertThat(copy.state).isEqualTo(State.ONLINE);
        for (int page = 1; page <= 3; page++) {
            assertThat(page(copy, page)).isEqualTo(texts[page - 1]);
        }
    }

    @Test
    void aRestoreStopsRightBeforeAMarkedTransaction() {
        writeAround("import", "one");
        Path log = logBackup();
        StopAt stop = new StopAt.BeforeMark("import", null);
        bench.restore("Copy", Options.of(RECOVERY, stop), full, log);
        assertPages("before one", "page 2", "page 3");
    }

    @Test
    void aRestoreStopsWithAMarkedTransaction() {
        writeAround("import", "one");
        Path log = logBackup();
        StopAt stop = new StopAt.AtMark("import", null);
        bench.restore("Copy", Options.of(RECOVERY, stop), full, log);
        assertPages("before one", "marked one", "page 3");
    }

    @Test
    void aMarkIsLookedForAfterATimeThroughTheWholeChain() {
        writeAround("it's [marked]", "one");
        Path first = logBackup();
        LocalDateTime between = ledger.now();
        writeAround("it's [marked]", "two");
        Path second = logBackup();
        StopAt stop = new StopAt.AtMark("it's [marked]", between);
        bench.restore("Copy", Options.of(RECOVERY, stop), full, first, second);
        assertPages("before two", "marked two", "after one");
        assertThat(bench.restores().getLast())
                .contains("STOPATMARK = N'it''s [marked]' AFTER N'2026-");
    }

    @Test
    void aMarkThatNoLogHasLeavesTheDatabaseWaitingAndThatIsNoSuccess() {
        writeAround("import", "one");
        Path log = logBackup();
        StopAt stop = new StopAt.BeforeMark("export", null);
        JobSnapshot end = bench.tryToRestore("Copy", Options.of(RECOVERY, stop), full, log);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("RESTORING");
        assertThat(bench.database("Copy").state).isEqualTo(State.RESTORING);
    }

    @Test
    void aRestoreStopsAtALogSequenceNumber() {
        ledger.write(LEDGER, 1, "before one");
        String lsn = ledger.live().next().toString();
        ledger.write(LEDGER, 2, "marked one");
        ledger.write(LEDGER, 3, "after one");
        Path log = logBackup();
        StopAt stop = new StopAt.AtMark("lsn:" + lsn, null);
        bench.restore("Copy", Options.of(RECOVERY, stop), full, log);
        assertPages("before one", "marked one", "page 3");
    }

    @Test
    void theLogThatWasLeftBehindByAStopFitsNoMore() {
        ledger.write(LEDGER, 1, "good");
        LocalDateTime then = ledger.now();
        ledger.write(LEDGER, 1, "bad");
        Path first = logBackup();
        ledger.write(LEDGER, 2, "of the abandoned fork");
        Path abandoned = logBackup();
        bench.restore(LEDGER, Options.replacing(new StopAt.Time(then)), full, first);
        assertThat(page(ledger, 1)).isEqualTo("good");
        ledger.write(LEDGER, 1, "good, and on a fork of its own");
        Path anew = bench.complete(SqlServerBench.ask(LEDGER, BackupType.FULL));

        JobSnapshot end = bench.tryToRestore("Copy", Options.PLAIN, anew, abandoned);

        assertThat(end.state()).isEqualTo(JobState.FAILED);
        // refused by the fork, though the numbers connect, before anything was touched
        assertThat(end.result()).contains(ledger.forks.last().toString().toUpperCase(Locale.ROOT));
        assertThat(bench.server.find("Copy")).isNull();
        ledger.write(LEDGER, 3, "on the new fork");
        bench.restore("Copy", Options.PLAIN, anew, logBackup());
        assertThat(bench.database("Copy").content()).isEqualTo(ledger.content());
    }
}
