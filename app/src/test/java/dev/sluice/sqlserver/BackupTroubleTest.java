package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.DrainStep;
import dev.sluice.job.DrainStep.Phase;
import dev.sluice.job.Job;
import dev.sluice.job.Job.CancelReply;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.RunRecord;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.BackupType;
import dev.sluice.tds.Message;
import dev.sluice.tds.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Backups of SQL Server that are stopped or fail: nothing of them may be left. */
@Timeout(120)
class BackupTroubleTest {

    private static final String BACKUP = "BACKUP DATABASE";

    /** Somewhere inside the stream. */
    private static final long MIDDLE = 400_000;

    private SqlServerBench bench;
    private ServerDatabase sales;

    @BeforeEach
    void begin(@TempDir Path home) throws Exception {
        bench = new SqlServerBench(home);
        sales = bench.server.create(Recording.chain());
    }

    @AfterEach
    void end() throws Exception {
        // whatever happened, the next backup is as good as any
        bench.complete(bench.backup(Recording.CHAIN, BackupType.FULL, 1));
        bench.close();
    }

    private Job start() {
        return bench.start(bench.backup(Recording.CHAIN, BackupType.FULL, 1));
    }

    private void assertNothingIsLeft(JobSnapshot end) throws Exception {
        assertThat(bench.files()).isEmpty();
        assertThat(end.outstanding()).isZero();
        assertThat(sales.differentialBase).isFalse();
    }

    private void assertCancelled(JobSnapshot end) throws Exception {
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.CANCELLED);
        assertThat(end.drain()).extracting(DrainStep::status).containsOnly(DrainStep.Status.DONE);
        assertNothingIsLeft(end);
        assertThat(bench.engine.history().list().getFirst().outcome())
                .isEqualTo(RunRecord.Outcome.CANCELLED);
    }

    private void assertFailed(JobSnapshot end, String... words) throws Exception {
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains(words);
        assertNothingIsLeft(end);
        assertThat(bench.engine.history().list().getFirst().outcome())
                .isEqualTo(RunRecord.Outcome.FAILED);
    }

    private static String detail(JobSnapshot end, Phase phase) {
        return end.drain().stream()
                .filter(step -> step.phase() == phase)
                .findFirst()
                .orElseThrow()
                .detail();
    }

    // ---- stopped by us

    @Test
    void aStopInMidStreamEndsTheServersStatementByTheAbortAlone() throws Exception {
        Fault.Hold hold = new Fault.Hold(MIDDLE);
        bench.server.next(BACKUP, hold);
        Job job = start();
        hold.awaitReached();

        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        SqlServerBench.until(job, () -> SqlServerBench.isDone(job, Phase.SET_CLOSED));
        hold.release();

        JobSnapshot end = SqlServerBench.await(job);
        assertCancelled(end);
        assertThat(detail(end, Phase.STATEMENT_ENDED)).contains("Msg 3013");
        assertThat(end.events())
                .extracting(JobEvent::text)
                .anyMatch(text -> text.contains("failed: 995("));
        assertThat(bench.server.stops()).doesNotContain(Reply.Stop.ATTENTION);
    }

    @Test
    void aStatementThatDoesNotEndByTheAbortGetsAnAttention() throws Exception {
        Fault.Hold hold = new Fault.Hold(MIDDLE);
        bench.server.next(BACKUP, hold);
        Job job = start();
        hold.awaitReached();

        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);

        JobSnapshot end = SqlServerBench.await(job);
        assertCancelled(end);
        assertThat(bench.server.stops()).contains(Reply.Stop.ATTENTION);
        assertThat(detail(end, Phase.STATEMENT_ENDED)).contains("Msg 3013");
        assertThat(end.events())
                .extracting(JobEvent::text)
                .anyMatch(text -> text.contains("The backup or restore was aborted."));
    }

    @Test
    void aStopWhileTheServerHasNotAttachedEndsItsStatement() throws Exception {
        Fault.NeverAttach never = new Fault.NeverAttach();
        bench.server.next(BACKUP, never);
        Job job = start();
        never.awaitReached();

        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);

        JobSnapshot end = SqlServerBench.await(job);
        assertCancelled(end);
        assertThat(bench.server.stops()).contains(Reply.Stop.ATTENTION);
        assertThat(detail(end, Phase.STATEMENT_ENDED)).contains("Msg 3013");
    }

    @Test
    void aStopWhenAllDataIsThereStillLeavesNothing() throws Exception {
        Fault.Hold hold = new Fault.Hold(Recording.chain().get(0).size());
        bench.server.next(BACKUP, hold);
        Job job = start();
        hold.awaitReached();

        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        hold.release();

        JobSnapshot end = SqlServerBench.await(job);
        assertCancelled(end);
        assertThat(end.events())
                .extracting(JobEvent::text)
                .anyMatch(text -> text.contains("Flush failure on backup device"));
    }

    @Test
    void theEndOfTheProgramStopsARunningBackup() throws Exception {
        Fault.Hold hold = new Fault.Hold(MIDDLE);
        bench.server.next(BACKUP, hold);
        try (SluiceEngine other = bench.anotherEngine()) {
            Job job = other.backup(bench.backup(Recording.CHAIN, BackupType.FULL, 1), "a test");
            job.start();
            hold.awaitReached();
            hold.release();
        }
        assertThat(bench.files()).isEmpty();
    }

    // ---- stopped by the server

    @Test
    void anAbortByTheServerFailsTheBackup() throws Exception {
        bench.server.next(BACKUP, new Fault.Abort(MIDDLE));
        JobSnapshot end = SqlServerBench.await(start());
        assertFailed(
                end, "995(The I/O operation has been aborted", "Msg 3013", "Likely cause", "To do");
        assertThat(end.devices())
                .extracting(JobSnapshot.Device::state)
                .containsOnly(JobSnapshot.DeviceState.ABORTED);
    }

    @Test
    void aStatementThatFailsAfterAllTheDataCommitsNothing() throws Exception {
        bench.server.next(
                BACKUP,
                new Fault.FailAfterAll(
                        new Message(3009, 16, 1, "Could not insert a backup or restore history")));
        JobSnapshot end = SqlServerBench.await(start());
        assertFailed(end, "Msg 3009", "Msg 3013");
        assertThat(end.progress().serverPercent()).isEqualTo(100);
        assertThat(end.devices())
                .extracting(JobSnapshot.Device::state)
                .containsOnly(JobSnapshot.DeviceState.CLOSED);
    }

    @Test
    void anErrorAfterTheMessageOfSuccessCommitsNothing() throws Exception {
        bench.server.next(
                BACKUP,
                new Fault.FailAfterSuccess(
                        new Message(3271, 16, 1, "A nonrecoverable I/O error occurred on file")));
        JobSnapshot end = SqlServerBench.await(start());
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("Msg 3271", "Msg 3013");
        assertThat(bench.files()).isEmpty();
    }

    @Test
    void aStatementThatFailsBeforeItAttachesIsNoTimeOut() throws Exception {
        bench.server.next(
                BACKUP,
                new Fault.FailBeforeAttaching(
                        new Message(
                                15404,
                                16,
                                19,
                                "Could not obtain information about Windows NT group/user"
                                        + " 'CORP\\sluice', error code 0x5.")));
        JobSnapshot end = SqlServerBench.await(start());
        assertFailed(end, "Msg 15404", "Msg 3013");
    }

    @Test
    void aConnectionLostInMidStreamFailsTheBackup() throws Exception {
        bench.server.next(BACKUP, new Fault.DropConnection(MIDDLE));
        JobSnapshot end = SqlServerBench.await(start());
        assertFailed(end, "the connection to prod was lost while a statement ran");
        assertThat(bench.server.stops()).contains(Reply.Stop.CONNECTION_LOST);
    }

    @Test
    void aServerThatDiesFailsTheBackup() throws Exception {
        bench.server.next(BACKUP, new Fault.Die(MIDDLE));
        assertFailed(SqlServerBench.await(start()), "the connection to prod was lost");
    }

    // ---- not even begun

    @Test
    void aRefusedLoginIsToldInTheServersWords() throws Exception {
        try (SluiceEngine other = bench.engineWithWrongPassword()) {
            Job job = other.backup(bench.backup(Recording.CHAIN, BackupType.FULL, 1), "a test");
            job.start();
            JobSnapshot end = SqlServerBench.await(job);
            assertFailed(end, "was not started", "Msg 18456", "Login failed for user 'sluice'");
            assertThat(end.result()).doesNotContain("wrong");
        }
        assertThat(bench.server.statements()).isEmpty();
    }

    @Test
    void aLoginThatIsNoSysadminIsRefusedBeforeAnythingIsSent() throws Exception {
        bench.server.setSysadmin(false);
        assertFailed(SqlServerBench.await(start()), "was not started", "sysadmin");
        assertThat(bench.server.statements()).isEmpty();
        bench.server.setSysadmin(true);
    }

    @Test
    void aServerThatNeverAttachesIsExplainedWhileTheJobWaits() throws Exception {
        Fault.NeverAttach never = new Fault.NeverAttach();
        bench.server.next(BACKUP, never);
        bench.server.nativeLibrary().elapsingWaits.set(400);
        Job job = start();
        // or the stop comes before the statement, and the next one never attaches
        never.awaitReached();
        SqlServerBench.until(
                job,
                () ->
                        job.snapshot().events().stream()
                                .anyMatch(event -> event.level() == JobEvent.Level.WARNING));

        assertThat(job.snapshot().events())
                .filteredOn(event -> event.level() == JobEvent.Level.WARNING)
                .extracting(JobEvent::text)
                .allMatch(
                        text ->
                                text.contains("VD_E_TIMEOUT (0x80770003)")
                                        && text.contains("sysadmin")
                                        && text.contains("another instance"));
        job.cancel("the test");
        assertCancelled(SqlServerBench.await(job));
    }
}
