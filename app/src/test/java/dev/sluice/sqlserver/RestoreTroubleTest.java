package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Job;
import dev.sluice.job.Job.CancelReply;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.media.BackupSet;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.UserAccess;
import dev.sluice.tds.Message;
import dev.sluice.tds.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Restores to SQL Server that are stopped or fail: what is left must be told as it is. */
@Timeout(120)
class RestoreTroubleTest {

    private static final String RESTORE = "RESTORE DATABASE";
    private static final String CLOSE =
            "ALTER DATABASE [DBWithoutOwner] SET SINGLE_USER WITH ROLLBACK IMMEDIATE";
    private static final String REOPEN = "ALTER DATABASE [DBWithoutOwner] SET MULTI_USER";

    /** Somewhere inside the stream of the full backup. */
    private static final long MIDDLE = 400_000;

    private final List<ServerBackup> chain = Recording.chain();
    private final List<Path> sets = new ArrayList<>();
    private SqlServerBench bench;
    private ServerDatabase sales;

    @BeforeEach
    void begin(@TempDir Path home) throws Exception {
        bench = new SqlServerBench(home);
        sales = bench.server.create(chain);
        sets.add(bench.complete(bench.backup(Recording.CHAIN, BackupType.FULL, 1)));
        sets.add(bench.complete(bench.backup(Recording.CHAIN, BackupType.LOG, 1)));
    }

    @AfterEach
    void end() throws Exception {
        // whatever happened, the same restore is possible afterwards
        JobSnapshot end = bench.run(SqlServerBench.restore(sets, "Copy", Options.REPLACE));
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        bench.close();
    }

    private Job startCopy() {
        return bench.start(SqlServerBench.restore(sets, "Copy", Options.PLAIN));
    }

    private Job startClosing() {
        return bench.start(SqlServerBench.restore(sets.subList(0, 1), null, Options.CLOSING));
    }

    private static void assertEnded(JobSnapshot end, JobState state, String... words) {
        assertThat(end.state()).as("%s", end).isEqualTo(state);
        for (String word : words) {
            assertThat(end.result()).contains(word);
        }
        assertThat(end.outstanding()).isZero();
    }

    // ---- stopped by us

    @Test
    void aStopInMidStreamTellsWhatBecameOfTheDatabase() throws Exception {
        Fault.Hold hold = new Fault.Hold(MIDDLE);
        bench.server.next(RESTORE, hold);
        Job job = startCopy();
        hold.awaitReached();

        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        SqlServerBench.untilAborted(job);
        hold.release();

        assertEnded(SqlServerBench.await(job), JobState.CANCELLED, "\"Copy\" is RESTORING now");
        assertThat(bench.database("Copy").restored).isEmpty();
    }

    @Test
    void aStopInTheSecondRestoreLeavesTheFirst() throws Exception {
        Fault.Hold hold = new Fault.Hold(50_000);
        bench.server.next("RESTORE LOG", hold);
        Job job = startCopy();
        hold.awaitReached();

        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        SqlServerBench.untilAborted(job);
        hold.release();

        assertEnded(SqlServerBench.await(job), JobState.CANCELLED, "\"Copy\" is RESTORING");
        assertThat(bench.database("Copy").restored).containsExactly(chain.get(0));
    }

    @Test
    void aStopWhileTheServerLooksAtTheSetsTouchesNothing() throws Exception {
        Fault.NeverAttach never = new Fault.NeverAttach();
        bench.server.next("RESTORE HEADERONLY", never);
        Job job = startCopy();
        never.awaitReached();

        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);

        assertEnded(SqlServerBench.await(job), JobState.CANCELLED);
        assertThat(bench.server.stops()).contains(Reply.Stop.ATTENTION);
        assertThat(bench.server.find("Copy")).isNull();
        assertThat(bench.restores()).isEmpty();
    }

    // ---- stopped by the server

    @Test
    void anAbortByTheServerTellsWhatBecameOfTheDatabase() throws Exception {
        bench.server.next(RESTORE, new Fault.Abort(MIDDLE));
        assertEnded(
                SqlServerBench.await(startCopy()),
                JobState.FAILED,
                "995(The I/O operation has been aborted",
                "Msg 3013",
                "\"Copy\" is RESTORING now");
    }

    @Test
    void aStatementThatFailsAfterAllTheDataIsNoSuccess() throws Exception {
        bench.server.next(
                RESTORE,
                new Fault.FailAfterAll(
                        new Message(3167, 16, 1, "RESTORE could not start database 'Copy'.")));
        assertEnded(SqlServerBench.await(startCopy()), JobState.FAILED, "Msg 3167", "Msg 3013");
    }

    @Test
    void anErrorAfterTheMessageOfSuccessIsNoSuccess() throws Exception {
        bench.server.next(
                "RESTORE LOG",
                new Fault.FailAfterSuccess(
                        new Message(3167, 16, 1, "RESTORE could not start database 'Copy'.")));
        assertEnded(SqlServerBench.await(startCopy()), JobState.FAILED, "Msg 3167", "Msg 3013");
    }

    @Test
    void aConnectionLostInMidStreamFailsTheRestore() throws Exception {
        bench.server.next(RESTORE, new Fault.DropConnection(MIDDLE));
        assertEnded(
                SqlServerBench.await(startCopy()),
                JobState.FAILED,
                "the connection to prod was lost while a statement ran");
    }

    @Test
    void aServerThatDiesFailsTheRestore() throws Exception {
        bench.server.next(RESTORE, new Fault.Die(MIDDLE));
        assertEnded(
                SqlServerBench.await(startCopy()),
                JobState.FAILED,
                "the connection to prod was lost");
    }

    @Test
    void aDamagedSetIsStoppedAtTheDamageAndNeverReachesTheServer() throws Exception {
        Path damaged = flipAByte(sets.get(0));
        try {
            assertEnded(SqlServerBench.await(startCopy()), JobState.FAILED, "is damaged in chunk");
        } finally {
            assertThat(flipAByte(sets.get(0))).isEqualTo(damaged);
        }
    }

    private static Path flipAByte(Path set) throws IOException {
        Path stripe = BackupSet.open(set).stripePath(0);
        try (FileChannel file =
                FileChannel.open(stripe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, 900_000);
            file.write(ByteBuffer.wrap(new byte[] {(byte) ~one.get(0)}), 900_000);
        }
        return stripe;
    }

    // ---- other connections are closed

    @Test
    void connectionsAreClosedForTheRestoreAndAdmittedAfterIt() throws Exception {
        sales.users = 2;
        assertEnded(SqlServerBench.await(startClosing()), JobState.COMPLETED);
        assertThat(bench.server.statements())
                .contains("USE master")
                .containsSubsequence(CLOSE, bench.restores().getFirst(), REOPEN);
        assertThat(sales.access).isEqualTo(UserAccess.MULTI_USER);
        assertThat(sales.restored).containsExactly(chain.get(0));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESTRICTED_USER", "SINGLE_USER"})
    void whoWasNotAdmittedBeforeTheRestoreIsNotAdmittedAfterIt(UserAccess before) throws Exception {
        sales.access = before;
        sales.users = 1;
        assertEnded(SqlServerBench.await(startClosing()), JobState.COMPLETED);
        assertThat(bench.server.statements())
                .containsSubsequence(
                        CLOSE,
                        bench.restores().getFirst(),
                        "ALTER DATABASE [DBWithoutOwner] SET %s WITH ROLLBACK IMMEDIATE"
                                .formatted(before))
                .doesNotContain(REOPEN);
        assertThat(sales.access).isEqualTo(before);
        assertThat(sales.restored).containsExactly(chain.get(0));
    }

    @Test
    void connectionsAreAdmittedAfterAFailureThatLeftTheDatabaseAlone() throws Exception {
        bench.server.next(
                RESTORE,
                new Fault.FailBeforeAttaching(
                        new Message(3110, 14, 1, "User does not have permission to RESTORE.")));
        assertEnded(SqlServerBench.await(startClosing()), JobState.FAILED, "Msg 3110");
        assertThat(bench.server.statements()).containsSubsequence(CLOSE, REOPEN);
        assertThat(sales.access).isEqualTo(UserAccess.MULTI_USER);
        assertThat(sales.state).isEqualTo(State.ONLINE);
    }

    @Test
    void connectionsAreAdmittedAfterAStopThatLeftTheDatabaseAlone() throws Exception {
        bench.server.next(RESTORE, new Fault.NeverAttach());
        Job job = startClosing();
        SqlServerBench.until(job, () -> !bench.restores().isEmpty());
        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        assertEnded(SqlServerBench.await(job), JobState.CANCELLED);
        assertThat(bench.server.statements()).containsSubsequence(CLOSE, REOPEN);
        assertThat(sales.access).isEqualTo(UserAccess.MULTI_USER);
        assertThat(sales.state).isEqualTo(State.ONLINE);
    }

    @Test
    void connectionsInTheWayAreExplained() throws Exception {
        sales.users = 1;
        JobSnapshot end =
                bench.run(SqlServerBench.restore(sets.subList(0, 1), null, Options.REPLACE));
        assertEnded(end, JobState.FAILED, "Msg 3101", "lose");
        assertThat(sales.restored).isEmpty();
    }
}
