package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Job.CancelReply;
import dev.sluice.job.JobSnapshot.EndedLeg;
import dev.sluice.job.SequenceRun.AfterFailure;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.SqlSession;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(120)
class SequenceRunTest {

    private final ScriptedServer server = new ScriptedServer();
    private final Bench bench;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    SequenceRunTest(@TempDir Path home) {
        bench = new Bench(home, server);
        server.databases.add(ScriptedServer.database("Stock", State.ONLINE));
        server.databases.add(ScriptedServer.database("Staff", State.ONLINE));
    }

    @AfterEach
    void end() {
        bench.close();
        assertThat(server.vdi.violations).isEmpty();
        assertThat(server.open).hasValue(0);
    }

    private BackupRequest backup(String... databases) {
        BackupRequest one = bench.backup(2);
        return new BackupRequest(
                one.server(),
                List.of(databases),
                one.type(),
                one.scope(),
                one.options(),
                one.destination(),
                one.devices(),
                one.limitRate());
    }

    private JobContext context() {
        return new JobContext(
                "x",
                "a test",
                server,
                SignIn.shared(server),
                bench.engine.history(),
                JobClock.system());
    }

    private static SequenceRun sequence(List<SequenceRun.Leg> legs, JobContext context) {
        return new SequenceRun(
                new SequenceRun.Whole("x", JobKind.BACKUP, null),
                context.signIn(),
                legs,
                AfterFailure.STOP,
                context.clock());
    }

    private Job start(String... databases) {
        return bench.start(backup(databases));
    }

    private void meet() {
        reached.countDown();
        Bench.await(goOn);
    }

    @Test
    void backsUpOneDatabaseAfterTheOtherEachIntoItsOwnSet() throws Exception {
        JobSnapshot end = Bench.await(start("Sales", "Stock", "Staff"));
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        assertThat(end.sequence().ended())
                .extracting(EndedLeg::database)
                .containsExactly("Sales", "Stock", "Staff");
        assertThat(end.progress().bytesDone()).isEqualTo(server.bytes.get());
        assertThat(bench.engine.history().list())
                .extracting(RunRecord::database)
                .containsExactlyInAnyOrder("Sales", "Stock", "Staff");
        assertThat(bench.files()).filteredOn(file -> file.endsWith("manifest.json")).hasSize(3);
        assertThat(String.valueOf(end.result()).lines()).hasSize(3);
        assertThat(bench.engine.jobs()).hasSize(1);
    }

    @Test
    void goesOnAfterADatabaseThatFailsAndFailsInTheEnd() {
        JobSnapshot end = Bench.await(start("Sales", "Stok", "Staff"));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.sequence().ended())
                .extracting(EndedLeg::state)
                .containsExactly(JobState.COMPLETED, JobState.FAILED, JobState.COMPLETED);
        assertThat(end.result()).contains("did you mean");
    }

    @Test
    void aPlanTellsWhereTheBackupsBeforeLeaveTooLittleRoom() throws Exception {
        long free = Files.getFileStore(bench.home).getUsableSpace();
        server.allocated = OptionalLong.of(free / 3 * 2);
        List<PlannedBackup> plans = bench.engine.plan(backup("Sales", "Stock"));
        assertThat(plans.getFirst().notes()).isEmpty();
        assertThat(plans.getLast().notes())
                .singleElement()
                .asString()
                .contains("the backups before this one", "may fail for want of room");
    }

    @Test
    void isNeverOverBeforeItsLastLeg() throws Exception {
        List<JobState> seen = new ArrayList<>();
        Job job = start("Sales", "Stock");
        Bench.until(
                job,
                () -> {
                    JobSnapshot now = job.snapshot();
                    seen.add(now.state());
                    return now.sequence().ended().size() == 2 && now.state().isTerminal();
                });
        assertThat(seen.subList(0, seen.size() - 1)).noneMatch(JobState::isTerminal);
        assertThat(job.await()).isEqualTo(job.snapshot());
    }

    @Test
    void aStopEndsTheLegThatRunsAndKeepsTheOthersFromBeginning() throws Exception {
        server.beforeTransfer = (device, number) -> meet();
        Job job = start("Sales", "Stock");
        Bench.await(reached);
        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ALREADY_CANCELLING);
        goOn.countDown();
        JobSnapshot end = Bench.await(job);
        assertThat(end.state()).isEqualTo(JobState.CANCELLED);
        assertThat(end.result())
                .contains("1 of 2 were not begun: a stop was asked for by the test");
        assertThat(bench.files()).isEmpty();
        assertThat(job.cancel("the test")).isEqualTo(CancelReply.TOO_LATE);
    }

    @Test
    void aStopThatIsTooLateForALegStillKeepsTheOthersFromBeginning() throws Exception {
        server.beforeVerdict = set -> meet();
        Job job = start("Sales", "Stock");
        Bench.await(reached);
        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        goOn.countDown();
        JobSnapshot end = Bench.await(job);
        assertThat(end.state()).isEqualTo(JobState.CANCELLED);
        assertThat(end.sequence().ended())
                .extracting(EndedLeg::state)
                .containsExactly(JobState.COMPLETED);
        assertThat(bench.files()).filteredOn(file -> file.endsWith("manifest.json")).hasSize(1);
    }

    @Test
    void legsThatBuildOnAFailedOneAreNotBegun() throws Exception {
        JobContext context = context();
        SequenceRun.Leg fails =
                before -> new JobRun(context, new BackupWork(backup("Stok"), "Stok", context));
        SequenceRun.Leg never =
                before -> {
                    throw new AssertionError("begun");
                };
        SequenceRun job = sequence(List.of(fails, never), context);
        job.start();
        JobSnapshot end = job.await();
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("1 of 2 were not begun: they build on what failed");
    }

    @Test
    void aLegThatCannotBeMadeIsADefectAndAFailure() throws Exception {
        JobContext context = context();
        SequenceRun.Leg good =
                before -> new JobRun(context, new BackupWork(backup("Sales"), "Sales", context));
        SequenceRun.Leg defect =
                before -> {
                    throw new IllegalStateException("no such thing");
                };
        SequenceRun job = sequence(List.of(good, defect), context);
        job.start();
        JobSnapshot end = job.await();
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("a defect of Sluice").contains("no such thing");
    }

    // ---- the session they share

    @Test
    void allLegsGetByWithOneSignIn() {
        server.signInsAllowed = 1;
        JobSnapshot end = Bench.await(start("Sales", "Stok", "Stock", "Staff"));
        assertThat(end.sequence().ended())
                .extracting(EndedLeg::state)
                .containsExactly(
                        JobState.COMPLETED,
                        JobState.FAILED,
                        JobState.COMPLETED,
                        JobState.COMPLETED);
        assertThat(server.signIns).hasValue(1);
    }

    @Test
    void aSecondSessionThatIsRefusedIsNotAskedForByTheNextLeg() {
        server.sessionId = OptionalInt.of(51);
        server.signInsAllowed = 1;
        JobSnapshot end = Bench.await(start("Sales", "Stock", "Staff"));
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        assertThat(server.signIns).hasValue(2);
    }

    @Test
    void aLegAfterOneThatLostTheSessionSignsInAnew() {
        server.losesConnections = true;
        JobSnapshot end = Bench.await(start("Sales", "Stock"));
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        assertThat(server.signIns).hasValue(2);
    }

    @Test
    void aLegThatCannotSignInAnewFailsAndTellsWhy() {
        server.losesConnections = true;
        server.signInsAllowed = 1;
        JobSnapshot end = Bench.await(start("Sales", "Stock"));
        assertThat(end.sequence().ended())
                .extracting(EndedLeg::state)
                .containsExactly(JobState.COMPLETED, JobState.FAILED);
        assertThat(end.result()).contains("was not started: the token has expired");
    }

    /** A failure that fails whoever wants to tell of it. */
    private static final class UntellableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("there is no telling");
        }
    }

    @Test
    void aLegThatEndsByADefectWhileItsStatementHangsIsLetGoAndTheNextOneSignsInAnew() {
        AtomicBoolean first = new AtomicBoolean(true);
        server.vdi.onOpen =
                device -> {
                    if (first.getAndSet(false)) {
                        throw new UntellableException();
                    }
                    return device;
                };
        Job job = start("Sales", "Stock");
        JobSnapshot end = Bench.await(job);
        assertThat(end.sequence().ended())
                .extracting(EndedLeg::state)
                .containsExactly(JobState.FAILED, JobState.COMPLETED);
        assertThat(end.result()).contains("a defect of Sluice", "there is no telling");
        assertThat(server.signIns).hasValue(2);
        assertThat(server.vdi.closes).as("device sets that are closed").hasValue(2);
        String hung = "statement-" + end.sequence().ended().getFirst().id();
        Bench.until(
                job,
                () ->
                        Thread.getAllStackTraces().keySet().stream()
                                .noneMatch(thread -> thread.getName().equals(hung)));
    }

    /** A defect closes it under a statement that may run on it still. */
    @Test
    void aSessionThatWasClosedIsNotUsedAgain() throws Exception {
        SignIn signIn = SignIn.shared(server);
        SqlSession first = signIn.present().session();
        signIn.release();
        assertThat(signIn.present().session()).isSameAs(first);
        signIn.close();
        assertThat(server.open).hasValue(0);
        assertThat(signIn.present().session()).isNotSameAs(first);
        signIn.close();
    }
}
