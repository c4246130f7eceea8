package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

class JobWatchTest {

    private final TestJob job = new TestJob();
    private final TestSignals signals = new TestSignals();
    private final RecordingScreen screen = new RecordingScreen();
    private final ExecutorService command = Executors.newSingleThreadExecutor();

    @AfterEach
    void endCommand() {
        command.shutdownNow();
    }

    @Test
    void showsTheJobUntilItsEnd() throws Exception {
        Future<JobSnapshot> run = start();
        assertThat(screen.shown.take().state()).isEqualTo(JobState.PREPARING);

        JobSnapshot last = Snapshots.of(JobState.COMPLETED).snapshot();
        job.ends(last);

        assertThat(run.get()).isSameAs(last);
        assertThat(screen.ended).containsExactly(last);
    }

    @Test
    void turnsTheFirstCtrlCIntoACancelAndTheSecondIntoAnExplanation() throws Exception {
        Future<JobSnapshot> run = start();
        job.now.set(Snapshots.of(JobState.CANCELLING).drained(2).snapshot());

        assertThat(signals.press()).isTrue();
        assertThat(screen.said.take())
                .containsExactly("Ctrl-C: stopping; every buffer is waited for.");
        assertThat(signals.press()).isTrue();
        assertThat(screen.said.take())
                .contains("  step \"buffers returned\" for 0.4 s, 3 of 8 buffers returned");
        assertThat(job.cancels).hasValue(2);
        assertThat(run).isNotDone();

        job.ends(Snapshots.of(JobState.CANCELLED).snapshot());
        assertThat(run.get().state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void leavesSignalsAloneAfterTheEnd() throws Exception {
        Future<JobSnapshot> run = start();
        job.ends(Snapshots.of(JobState.COMPLETED).snapshot());
        run.get();

        assertThat(signals.press()).isFalse();
    }

    @Test
    void isNotDisturbedByAScreenThatFails() throws Exception {
        screen.broken = true;
        Future<JobSnapshot> run = start();
        job.ends(Snapshots.of(JobState.COMPLETED).snapshot());

        assertThat(run.get().state()).isEqualTo(JobState.COMPLETED);
    }

    private Future<JobSnapshot> start() throws InterruptedException {
        Future<JobSnapshot> run = command.submit(() -> JobWatch.run(job, screen, signals));
        job.started.await();
        return run;
    }

    private static final class RecordingScreen implements JobScreen {

        final BlockingQueue<JobSnapshot> shown = new LinkedBlockingQueue<>();
        final BlockingQueue<List<String>> said = new LinkedBlockingQueue<>();
        final List<JobSnapshot> ended = new ArrayList<>();
        volatile boolean broken;

        @Override
        public void show(JobSnapshot job) {
            if (broken) {
                throw new IllegalStateException("no terminal");
            }
            shown.add(job);
        }

        @Override
        public void say(List<String> lines) {
            said.add(lines);
        }

        @Override
        public void end(JobSnapshot job) {
            ended.add(job);
        }
    }
}
