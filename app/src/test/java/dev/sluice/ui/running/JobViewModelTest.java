package dev.sluice.ui.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BufferUse;
import dev.sluice.job.DrainStep;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.job.JobState;
import dev.sluice.ui.ScriptedJob;
import dev.sluice.ui.common.Texts;
import dev.sluice.words.Told;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class JobViewModelTest {

    private final ScriptedJob job = new ScriptedJob();
    private final JobViewModel model = new JobViewModel(job, Texts.load());

    @Test
    void showsHowFarTheJobIsAndFromWhatTheTotalWasEstimated() {
        assertThat(model.title().get()).isEqualTo("Backing up SluiceSample");
        assertThat(model.progress().percent().get()).isEqualTo("38%");
        assertThat(model.progress().amount().get()).isEqualTo("1.1 GiB of 3.0 GiB");
        assertThat(model.progress().rate().get()).isEqualTo("92.0 MiB/s");
        assertThat(model.progress().remaining().get()).isEqualTo("0:21");
        assertThat(model.progress().source().get()).contains("last run");
    }

    @Test
    void aPauseIsARateOfNothingOnceSomethingMoved() {
        job.be(ScriptedJob.streaming(4, 16).moved(5, 0));
        model.sample();
        assertThat(model.progress().rate().get()).isEqualTo("0 B/s");
        job.be(ScriptedJob.streaming(4, 16).moved(0, 0));
        model.sample();
        assertThat(model.progress().rate().get()).isEqualTo("–");
    }

    @Test
    void tellsWhetherAnythingMovedAtAll() {
        assertThat(model.progress().moved().get()).isTrue();
        job.be(ScriptedJob.streaming(4, 16).moved(0, 0).state(JobState.FAILED));
        model.sample();
        assertThat(model.progress().moved().get()).isFalse();
    }

    @Test
    void hasARowForEachDevice() {
        assertThat(model.devices()).hasSize(4);
        assertThat(model.devices().getFirst().stripe().get()).isEqualTo("stripe-01.bak.partial");
        assertThat(model.devices().getFirst().command().get()).isEqualTo("VDC_Write");
    }

    @Test
    void claimsNothingOfQueuesThatTheLibraryDoesNotTellOf() {
        assertThat(model.devices().getFirst().queued().get()).isEqualTo("0");
        assertThat(model.uses().get()).contains(BufferUse.FREE, BufferUse.QUEUED);

        job.be(ScriptedJob.streaming(4, 16).withUnknownQueues());
        model.sample();

        assertThat(model.devices().getFirst().queued().get()).isEqualTo("–");
        assertThat(model.uses().get())
                .containsExactlyInAnyOrder(
                        BufferUse.SERVER, BufferUse.HELD, BufferUse.CHECKING, BufferUse.WRITING);
    }

    @Test
    void aBackupWritesABufferAndARestoreReadsOne() {
        assertThat(model.uses().get())
                .contains(BufferUse.WRITING)
                .doesNotContain(BufferUse.READING);
        job.be(ScriptedJob.streaming(4, 16).restore());
        model.sample();
        assertThat(model.uses().get())
                .contains(BufferUse.READING)
                .doesNotContain(BufferUse.WRITING);
        assertThat(model.buffers().get()).contains(BufferUse.READING);
    }

    @Test
    void returnedBuffersAreAnEntryOfADrainThatAgreesWithItsChecklist() {
        assertThat(model.uses().get()).doesNotContain(BufferUse.RETURNED);
        model.cancel();
        assertThat(model.uses().get()).contains(BufferUse.RETURNED);
        int returned = Collections.frequency(model.buffers().get(), BufferUse.RETURNED);
        assertThat(model.drain())
                .extracting(DrainStep::detail)
                .anyMatch(detail -> detail.startsWith(returned + " of 8 buffers returned"));
        assertThat(model.outstanding().get()).startsWith(8 - returned + " ");
    }

    @Test
    void buffersThatAreAsTheyWereAreNoChange() {
        AtomicInteger changes = new AtomicInteger();
        model.buffers().subscribe(changes::incrementAndGet);
        model.uses().subscribe(changes::incrementAndGet);
        job.be(ScriptedJob.streaming(4, 16));
        model.sample();
        assertThat(changes).hasValue(0);
        job.be(ScriptedJob.streaming(4, 4));
        model.sample();
        assertThat(changes).hasValue(1);
    }

    @Test
    void addsToTheLogOnlyWhatIsNew() {
        int lines = model.log().size();
        LogLine first = model.log().getFirst();
        model.sample();
        assertThat(model.log()).hasSize(lines);
        assertThat(model.log().getFirst()).isSameAs(first);
    }

    @Test
    void cancelsOnceAndShowsTheDrain() {
        model.cancel();
        model.cancel();
        assertThat(job.cancels()).isEqualTo(1);
        assertThat(model.state().get()).isEqualTo(JobState.CANCELLING);
        assertThat(model.drain()).isNotEmpty();
        assertThat(model.cancellable().get()).isFalse();
        assertThat(model.running().get()).isTrue();
    }

    @Test
    void tellsWhoDoesNotSeeItTheStateTheBuffersOfTheDrainAndTheEnd() {
        assertThat(model.spoken().get()).isEqualTo("Backing up SluiceSample. Streaming");
        job.be(ScriptedJob.streaming(4, 16).state(JobState.CANCELLING));
        model.sample();
        assertThat(model.spoken().get())
                .isEqualTo("Cancelling the backup of SluiceSample. " + model.outstanding().get());
        job.be(
                ScriptedJob.streaming(4, 16)
                        .state(JobState.CANCELLED)
                        .told(Told.asIs("nothing is left of it")));
        model.sample();
        assertThat(model.spoken().get())
                .isEqualTo("Backup of SluiceSample cancelled. nothing is left of it");
    }

    @Test
    void offersToInterruptAnIoThatKeepsTheDrainWaiting() {
        job.be(
                ScriptedJob.streaming(1, 4)
                        .drain(ScriptedJob.draining())
                        .state(JobState.CANCELLING)
                        .devices(
                                List.of(
                                        ScriptedJob.device(
                                                0, DeviceState.IN_IO, Duration.ofSeconds(7)))));
        model.sample();
        assertThat(model.stuck()).hasSize(1);
        assertThat(model.stuck().getFirst().since()).isEqualTo(Duration.ofSeconds(7));
        model.interruptIo(0);
        assertThat(job.interrupted()).containsExactly(0);
    }

    @Test
    void aSlowIoIsNotStuckAsLongAsNobodyWaitsForIt() {
        job.be(
                ScriptedJob.streaming(1, 4)
                        .devices(
                                List.of(
                                        ScriptedJob.device(
                                                0, DeviceState.IN_IO, Duration.ofSeconds(7)))));
        model.sample();
        assertThat(model.stuck()).isEmpty();
    }

    @Test
    void anIoThatKeepsTheDrainOfAFailureWaitingIsStuckToo() {
        job.be(
                ScriptedJob.streaming(1, 4)
                        .drain(ScriptedJob.draining())
                        .devices(
                                List.of(
                                        ScriptedJob.device(
                                                0, DeviceState.IN_IO, Duration.ofSeconds(7)))));
        model.sample();
        assertThat(model.state().get()).isEqualTo(JobState.STREAMING);
        assertThat(model.stuck()).hasSize(1);
    }

    @Test
    void whoeverHearsOfTheEndFindsTheResult() {
        job.be(
                ScriptedJob.streaming(4, 16)
                        .state(JobState.FAILED)
                        .told(Told.asIs("the disk is full")));
        String[] heard = new String[1];
        model.running().subscribe((before, now) -> heard[0] = model.result().get());
        model.sample();
        assertThat(heard[0]).isEqualTo("the disk is full");
    }
}
