package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Job.CancelReply;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Backups and restores of a real database through a library that does as it is told. */
@ParameterizedClass(name = "{0}")
@EnumSource(value = Provider.class, names = "EMBEDDED", mode = Mode.EXCLUDE)
@Timeout(240)
class NativeJobTest {

    /** Slow enough to be met in mid-stream. */
    private static final long RATE = 2 << 20;

    private final EmbeddedBench bench;
    private final DoubleControl control;

    NativeJobTest(Provider provider, @TempDir Path home) throws Exception {
        bench = new EmbeddedBench(provider, home);
        bench.createSample(2 << 20);
        control = bench.vdi.control();
    }

    @AfterEach
    void end() {
        bench.close();
        bench.vdi.assertNothingIsLeft();
    }

    private JobSnapshot assertFailed(JobRequest request, String... words) throws Exception {
        List<Path> files = bench.files();
        JobSnapshot end = bench.run(request);
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains(words);
        assertThat(end.outstanding()).isZero();
        assertThat(bench.files()).isEqualTo(files);
        return end;
    }

    private void assertNextRunsSucceed() throws Exception {
        Path set = bench.complete(bench.backup(BackupType.FULL, 4, 0));
        bench.complete(EmbeddedBench.restore(set, "Next", false, 0));
        bench.assertEqual(EmbeddedBench.SAMPLE, "Next");
    }

    @Test
    void drainsInOrderAndShowsEachStepWhileItLasts() throws Exception {
        control.delay("SignalAbort", 100);
        control.delay("Close", 100);
        Job job = bench.make(bench.backup(BackupType.FULL, 4, RATE));
        job.start();
        Bench.until(job, () -> job.snapshot().progress().bytesDone() > RATE / 4);
        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);

        Set<DrainStep.Phase> underWay = EnumSet.noneOf(DrainStep.Phase.class);
        Bench.until(
                job,
                () -> {
                    JobSnapshot now = job.snapshot();
                    assertStepsAreInOrder(now.drain());
                    now.drain().stream()
                            .filter(step -> step.status() == DrainStep.Status.ACTIVE)
                            .map(DrainStep::phase)
                            .forEach(underWay::add);
                    return now.state().isTerminal();
                });

        JobSnapshot end = job.snapshot();
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.CANCELLED);
        assertThat(end.drain()).extracting(DrainStep::status).containsOnly(DrainStep.Status.DONE);
        assertThat(underWay)
                .contains(DrainStep.Phase.SIGNAL_ABORT_SENT, DrainStep.Phase.SET_CLOSED);
        assertThat(bench.files()).isEmpty();
        control.delay("SignalAbort", 0);
        control.delay("Close", 0);
        assertNextRunsSucceed();
    }

    private static void assertStepsAreInOrder(List<DrainStep> steps) {
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).status() == DrainStep.Status.DONE) {
                assertThat(steps.get(i - 1).status())
                        .as("%s", steps)
                        .isEqualTo(DrainStep.Status.DONE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DoubleControl.Moment.class)
    void aBackupThatTheServerAbortsFailsAndLeavesNothing(DoubleControl.Moment moment)
            throws Exception {
        control.abortAt("", 2, 2, moment);
        JobSnapshot end =
                assertFailed(bench.backup(BackupType.FULL, 4, 0), "Msg 18210", "995", "Msg 3013");
        assertThat(end.devices())
                .extracting(JobSnapshot.Device::state)
                .containsOnly(JobSnapshot.DeviceState.ABORTED);
        assertNextRunsSucceed();
    }

    @Test
    void aRestoreThatTheServerAbortsFailsAndLeavesTheTargetAsItWas() throws Exception {
        Path set = bench.complete(bench.backup(BackupType.FULL, 4, 0));
        bench.complete(EmbeddedBench.restore(set, "Copy", false, 0));
        control.abortAt("", 1, 1, DoubleControl.Moment.IN_HANDS);
        assertFailed(EmbeddedBench.restore(set, "Copy", true, 0), "Msg 18210", "995");
        bench.assertEqual(EmbeddedBench.SAMPLE, "Copy");
    }

    @Test
    void aServerThatDiesIsAFailureAndNoHang() throws Exception {
        Job job = bench.make(bench.backup(BackupType.FULL, 4, RATE));
        job.start();
        Bench.until(job, () -> job.snapshot().progress().bytesDone() > RATE / 4);
        control.serverDie(job.snapshot().devices().getFirst().name());

        JobSnapshot end = Bench.await(job);

        assertThat(end.state()).as(end.result()).isEqualTo(JobState.FAILED);
        assertThat(end.devices())
                .extracting(JobSnapshot.Device::state)
                .containsOnly(JobSnapshot.DeviceState.ABORTED);
        assertThat(end.outstanding()).isZero();
        assertThat(bench.files()).isEmpty();
        assertNextRunsSucceed();
    }

    @ParameterizedTest
    @CsvSource({"Create, 1", "GetConfiguration, 1", "OpenDevice, 3", "GetCommand, 20"})
    void aCallThatTheLibraryFailsInEndsTheJobWithItsName(String function, int nth)
            throws Exception {
        control.fail(function, nth, 1, VdiStatus.UNEXPECTED.hresult());
        assertFailed(bench.backup(BackupType.FULL, 4, 0), function, "VD_E_UNEXPECTED (0x8077000B)");
        assertNextRunsSucceed();
    }

    @Test
    void aStopEndsTheJobEvenWhenSignalAbortFails() throws Exception {
        Path set = bench.complete(bench.backup(BackupType.FULL, 4, 0));
        List<Path> files = bench.files();
        control.failNext("SignalAbort", VdiStatus.UNEXPECTED.hresult());
        Job job = bench.make(EmbeddedBench.restore(set, "Copy", false, RATE));
        job.start();
        Bench.until(job, () -> job.snapshot().progress().bytesDone() > RATE / 4);
        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        JobSnapshot end = Bench.await(job);
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.CANCELLED);
        assertThat(Bench.step(end, DrainStep.Phase.SIGNAL_ABORT_SENT).detail())
                .contains("VD_E_UNEXPECTED");
        assertThat(bench.database("Copy")).isNull();
        assertThat(bench.files()).isEqualTo(files);
        assertNextRunsSucceed();
    }

    /** In libsqlvdi.so it is not known which. */
    @Test
    void timeOutsMayBeInSeconds() throws Exception {
        control.setTimeOutsInSeconds(true);
        assertFailed(refusedByTheServer(), "Msg 1844");
        assertNextRunsSucceed();
    }

    /** The statement fails before the server attaches. */
    private BackupRequest refusedByTheServer() {
        BackupRequest good = bench.backup(BackupType.FULL, 1, 0);
        BackupStatement.Options options = good.options();
        return new BackupRequest(
                good.server(),
                good.databases(),
                good.type(),
                good.scope(),
                new BackupStatement.Options(
                        options.copyOnly(),
                        options.checksum(),
                        true,
                        new Compression.On(),
                        options.transfer(),
                        options.stats(),
                        "",
                        "",
                        options.tail()),
                good.destination(),
                good.devices(),
                0);
    }
}
