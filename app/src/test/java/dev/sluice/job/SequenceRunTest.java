package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Job.CancelReply;
import dev.sluice.job.JobSnapshot.EndedLeg;
import dev.sluice.job.SequenceRun.AfterFailure;
import dev.sluice.sql.DatabaseInfo.State;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

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

    private static SequenceRun.Whole whole() {
        return new SequenceRun.Whole("x", JobKind.BACKUP, null);
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
        JobClock clock = JobClock.system();
        JobContext context = new JobContext("x", "a test", server, bench.engine.history(), clock);
        SequenceRun.Leg fails =
                before -> new JobRun(context, new BackupWork(backup("Stok"), "Stok", context));
        SequenceRun.Leg never =
                before -> {
                    throw new AssertionError("begun");
                };
        SequenceRun job = new SequenceRun(whole(), List.of(fails, never), AfterFailure.STOP, clock);
        job.start();
        JobSnapshot end = job.await();
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("1 of 2 were not begun: they build on what failed");
    }

    @Test
    void aLegThatCannotBeMadeIsADefectAndAFailure() throws Exception {
        JobClock clock = JobClock.system();
        JobContext context = new JobContext("x", "a test", server, bench.engine.history(), clock);
        SequenceRun.Leg good =
                before -> new JobRun(context, new BackupWork(backup("Sales"), "Sales", context));
        SequenceRun.Leg defect =
                before -> {
                    throw new IllegalStateException("no such thing");
                };
        SequenceRun job = new SequenceRun(whole(), List.of(good, defect), AfterFailure.STOP, clock);
        job.start();
        JobSnapshot end = job.await();
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("a defect of Sluice").contains("no such thing");
    }
}
