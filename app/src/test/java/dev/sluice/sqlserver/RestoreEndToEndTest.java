package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Job;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.Plan;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.VerifyRequest;
import dev.sluice.media.BackupCatalog;
import dev.sluice.media.BackupSet;
import dev.sluice.media.RestoreChain;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.sql.StopAt;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Restores to SQL Server, through everything there is; the double compares every byte. */
@Timeout(120)
class RestoreEndToEndTest {

    /** After the differential backup was taken, and before the first log backup. */
    private static final LocalDateTime WITHIN_LOG_1 = LocalDateTime.of(2017, 5, 18, 4, 18, 25);

    private static final LocalDateTime BEFORE_ALL = LocalDateTime.of(2017, 5, 1, 0, 0);
    private static final LocalDateTime AFTER_ALL = LocalDateTime.of(2017, 5, 18, 5, 0);

    private final List<ServerBackup> chain = Recording.chain();
    private final List<Path> sets = new ArrayList<>();
    private SqlServerBench bench;
    private ServerDatabase sales;

    @BeforeEach
    void begin(@TempDir Path home) throws Exception {
        bench = new SqlServerBench(home);
        sales = bench.server.create(chain);
        sets.add(bench.complete(bench.backup(Recording.CHAIN, BackupType.FULL, 1)));
        sets.add(bench.complete(bench.backup(Recording.CHAIN, BackupType.DIFFERENTIAL, 1)));
        sets.add(bench.complete(bench.backup(Recording.CHAIN, BackupType.LOG, 1)));
        sets.add(bench.complete(bench.backup(Recording.CHAIN, BackupType.LOG, 1)));
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private ServerDatabase assertRestored(RestoreRequest request, ServerBackup... expected) {
        JobSnapshot end = bench.run(request);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        ServerDatabase database = bench.database("Copy");
        assertThat(database.restored).containsExactly(expected);
        return database;
    }

    private JobSnapshot assertRefused(RestoreRequest request, String... words) throws Exception {
        JobSnapshot end = bench.run(request);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains(words);
        assertThat(bench.server.find("Copy")).isNull();
        assertThat(bench.restores()).isEmpty();
        return end;
    }

    @Test
    void aDatabaseIsRestoredOverItself() throws Exception {
        JobSnapshot end =
                bench.run(SqlServerBench.restore(sets.subList(0, 1), null, Options.REPLACE));
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        assertThat(sales.restored).containsExactly(chain.get(0));
        assertThat(sales.state).isEqualTo(State.ONLINE);
        assertThat(bench.restores()).singleElement().asString().contains("REPLACE");
    }

    @Test
    void anotherNameGetsItsFilesInTheInstancesFolders() {
        ServerDatabase copy =
                assertRestored(
                        SqlServerBench.restore(sets.subList(0, 1), "Copy", Options.PLAIN),
                        chain.get(0));
        assertThat(copy.state).isEqualTo(State.ONLINE);
        assertThat(copy.paths()).hasSize(2);
        assertThat(copy.paths().get("DBWihtoutOwner"))
                .startsWith(SqlServerDouble.DATA_FOLDER)
                .isNotEqualTo(sales.paths().get("DBWihtoutOwner"));
        assertThat(copy.paths().get("DBWihtoutOwner_log"))
                .startsWith(SqlServerDouble.LOG_FOLDER)
                .isNotEqualTo(sales.paths().get("DBWihtoutOwner_log"));
    }

    @Test
    void stripesOfTwoDevicesComeBackTogether() throws Exception {
        bench.server.create(Recording.stripedChain());
        List<Path> striped =
                List.of(
                        bench.complete(bench.backup(Recording.STRIPED, BackupType.FULL, 2)),
                        bench.complete(bench.backup(Recording.STRIPED, BackupType.LOG, 2)));
        assertRestored(
                SqlServerBench.restore(striped, "Copy", Options.PLAIN),
                Recording.stripedChain().get(0),
                Recording.stripedChain().get(1));
    }

    @Test
    void aChainIsRestoredInOneJob() {
        Set<Integer> ofBackups = bench.server.workingSessions();
        ServerDatabase copy =
                assertRestored(
                        SqlServerBench.restore(sets, "Copy", Options.PLAIN),
                        chain.toArray(ServerBackup[]::new));
        assertThat(copy.state).isEqualTo(State.ONLINE);
        assertThat(bench.restores())
                .hasSize(4)
                .satisfiesExactly(
                        full -> assertThat(full).contains("RESTORE DATABASE", "NORECOVERY"),
                        differential ->
                                assertThat(differential).contains("RESTORE DATABASE", "NORECOVERY"),
                        first -> assertThat(first).contains("RESTORE LOG", "NORECOVERY"),
                        last ->
                                assertThat(last)
                                        .contains("RESTORE LOG")
                                        .doesNotContain("NORECOVERY"));
        // the looks at the four sets and their restores signed in once
        assertThat(ofBackups).hasSize(4);
        assertThat(bench.server.workingSessions()).hasSize(5);
    }

    @Test
    void theChainThatWasFoundBesideItsLastSetIsOneThatTheServerTakes() throws Exception {
        List<BackupSet> around = BackupCatalog.find(bench.destination).sets();
        List<Path> found =
                RestoreChain.upTo(BackupSet.open(sets.getLast()), around).stream()
                        .map(BackupSet::directory)
                        .toList();
        assertThat(found).isEqualTo(sets);
        assertRestored(
                SqlServerBench.restore(found, "Copy", Options.PLAIN),
                chain.toArray(ServerBackup[]::new));
    }

    @Test
    void aChainStopsAtAPointInTime() {
        ServerDatabase copy =
                assertRestored(
                        SqlServerBench.restore(
                                sets.subList(0, 3),
                                "Copy",
                                Options.of(new Recovery.Recover(), new StopAt.Time(WITHIN_LOG_1))),
                        chain.get(0),
                        chain.get(1),
                        chain.get(2));
        assertThat(copy.state).isEqualTo(State.ONLINE);
        assertThat(copy.reachedTime).isEqualTo(WITHIN_LOG_1);
    }

    @Test
    void aRestoreWithNoRecoveryIsContinuedByAnotherJob() {
        ServerDatabase copy =
                assertRestored(
                        SqlServerBench.restore(
                                sets.subList(0, 2),
                                "Copy",
                                Options.of(new Recovery.NoRecovery(), new StopAt.End())),
                        chain.get(0),
                        chain.get(1));
        assertThat(copy.state).isEqualTo(State.RESTORING);

        assertRestored(
                SqlServerBench.restore(sets.subList(2, 4), "Copy", Options.PLAIN),
                chain.toArray(ServerBackup[]::new));
        assertThat(copy.state).isEqualTo(State.ONLINE);
    }

    @Test
    void aDatabaseInStandbyTakesFurtherLogs() {
        bench.server.setAsOldAsTheRecordings();
        ServerDatabase copy =
                assertRestored(
                        SqlServerBench.restore(
                                sets.subList(0, 3),
                                "Copy",
                                Options.of(
                                        new Recovery.Standby("/var/opt/mssql/data/copy.undo"),
                                        new StopAt.End())),
                        chain.get(0),
                        chain.get(1),
                        chain.get(2));
        assertThat(copy.state).isEqualTo(State.STANDBY);

        assertRestored(
                SqlServerBench.restore(sets.subList(3, 4), "Copy", Options.PLAIN),
                chain.toArray(ServerBackup[]::new));
        assertThat(copy.state).isEqualTo(State.ONLINE);
    }

    @Test
    void aStopBeyondTheLogsIsRefusedBeforeAnythingIsTouched() throws Exception {
        assertRefused(
                SqlServerBench.restore(
                        sets,
                        "Copy",
                        Options.of(new Recovery.Recover(), new StopAt.Time(AFTER_ALL))),
                "lies after the end of the last log backup " + sets.getLast());
    }

    @Test
    void aStopBeforeTheEndOfTheDifferentialIsRefusedBeforeAnythingIsTouched() throws Exception {
        assertRefused(
                SqlServerBench.restore(
                        sets,
                        "Copy",
                        Options.of(new Recovery.Recover(), new StopAt.Time(BEFORE_ALL))),
                "lies before the end of the differential backup " + sets.get(1));
    }

    @Test
    void filesWithoutRoomAreRefusedBeforeAnythingIsTouched() throws Exception {
        bench.server.setFree(1);
        assertRefused(
                SqlServerBench.restore(sets, "Copy", Options.PLAIN),
                "on the volume /var/opt/mssql, which has 1 bytes free");
    }

    @Test
    void aChainWithAGapIsRefusedBeforeAnythingIsTouched() throws Exception {
        assertRefused(
                SqlServerBench.restore(List.of(sets.get(0), sets.get(3)), "Copy", Options.PLAIN),
                "LSN",
                chain.get(0).header().lsns().last().toString());
    }

    @Test
    void anExistingDatabaseIsNotOverwrittenUnlessThatIsAllowed() throws Exception {
        assertRefused(
                SqlServerBench.restore(sets.subList(0, 1), null, Options.PLAIN),
                "\"DBWithoutOwner\" exists");
        assertThat(sales.restored).isEmpty();
    }

    @Test
    void aFileOfAnotherDatabaseIsNotOverwritten() throws Exception {
        String taken = SqlServerDouble.DATA_FOLDER + "DBWihtoutOwner.mdf";
        assertRefused(
                SqlServerBench.restore(
                        sets.subList(0, 1),
                        "Copy",
                        Options.withMoves(new Move("DBWihtoutOwner", taken))),
                taken,
                Recording.CHAIN);
    }

    // ---- what only looks

    @Test
    void aPlanTellsTheStatementsThatTheRestoreThenSends() throws Exception {
        RestoreRequest request = SqlServerBench.restore(sets, "Copy", Options.PLAIN);
        Plan plan = bench.engine.plan(request, "a test");
        plan.start();
        JobSnapshot end = SqlServerBench.await(plan);

        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        assertThat(bench.server.find("Copy")).isNull();
        assertThat(bench.restores()).isEmpty();
        assertRestored(request, chain.toArray(ServerBackup[]::new));
        assertThat(plan.statements().stream().map(RestoreEndToEndTest::withoutDevices))
                .isEqualTo(
                        bench.restores().stream()
                                .map(RestoreEndToEndTest::withoutDevices)
                                .toList());
    }

    private static String withoutDevices(String statement) {
        return statement.replaceAll("VIRTUAL_DEVICE = N'[^']+'", "VIRTUAL_DEVICE");
    }

    @Test
    void aPlanIsRefusedLikeTheRestore() throws Exception {
        Plan plan =
                bench.engine.plan(
                        SqlServerBench.restore(
                                List.of(sets.get(0), sets.get(3)), "Copy", Options.PLAIN),
                        "a test");
        plan.start();
        JobSnapshot end = SqlServerBench.await(plan);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("LSN");
        assertThat(plan.statements()).isEmpty();
    }

    @Test
    void theServerReadsAllOfASetToCallItValid() {
        Job job =
                bench.engine.verify(
                        new VerifyRequest(SqlServerDouble.NAME, sets.getFirst(), 0), "a test");
        job.start();
        JobSnapshot end = SqlServerBench.await(job);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        assertThat(end.progress().bytesDone()).isEqualTo(chain.getFirst().size());
        assertThat(bench.server.statements().getLast()).contains("RESTORE VERIFYONLY");
        assertThat(sales.restored).isEmpty();
    }

    @Test
    void aSetThatTheServerCannotReadToItsEndIsNotCalledValid() {
        bench.server.next("RESTORE VERIFYONLY", new Fault.Abort(100_000));
        Job job =
                bench.engine.verify(
                        new VerifyRequest(SqlServerDouble.NAME, sets.getFirst(), 0), "a test");
        job.start();
        JobSnapshot end = SqlServerBench.await(job);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("Msg 3203", "Msg 3013");
    }
}
