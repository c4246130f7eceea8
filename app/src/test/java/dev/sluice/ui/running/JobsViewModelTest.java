package dev.sluice.ui.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.JobState;
import dev.sluice.ui.ScriptedJob;
import dev.sluice.ui.common.Texts;
import dev.sluice.words.Told;

import org.junit.jupiter.api.Test;

import java.util.List;

class JobsViewModelTest {

    private final JobsViewModel model = new JobsViewModel(Texts.load());
    private final ScriptedJob first = new ScriptedJob();
    private final ScriptedJob second = new ScriptedJob();

    @Test
    void showsNothingBeforeThereIsAJob() {
        assertThat(model.jobs()).isEmpty();
        assertThat(model.selected().get()).isNull();
        assertThat(model.running().get()).isZero();
    }

    @Test
    void theNewestIsOnTopAndLookedAt() {
        JobViewModel older = model.add(first);
        JobViewModel newer = model.add(second);
        assertThat(model.jobs()).containsExactly(newer, older);
        assertThat(model.selected().get()).isSameAs(newer);
        assertThat(model.running().get()).isEqualTo(2);
    }

    @Test
    void aStopIsOfOneJobAlone() {
        JobViewModel older = model.add(first);
        JobViewModel newer = model.add(second);
        older.cancel();
        assertThat(older.cancellable().get()).isFalse();
        assertThat(newer.cancellable().get()).isTrue();
    }

    @Test
    void everyJobIsAskedToStopAtTheEndOfTheProgram() {
        model.add(first);
        model.add(second);
        model.cancelAll();
        assertThat(model.jobs()).allMatch(job -> !job.cancellable().get());
    }

    @Test
    void isPutAwayOnlyAfterItsEnd() {
        JobViewModel job = model.add(first);
        model.putAway(job);
        assertThat(model.jobs()).containsExactly(job);

        first.be(ScriptedJob.streaming(4, 16).state(JobState.COMPLETED).told(Told.asIs("done")));
        model.sample();
        model.putAway(job);

        assertThat(model.jobs()).isEmpty();
        assertThat(model.selected().get()).isNull();
        assertThat(model.running().get()).isZero();
    }

    @Test
    void knowsWhetherOneDrainsThoughNobodyAskedItToStop() {
        model.add(first);
        assertThat(model.isDraining()).isFalse();
        first.be(ScriptedJob.streaming(4, 16).drain(ScriptedJob.drained()));
        model.sample();
        assertThat(model.isDraining()).isTrue();
        first.be(ScriptedJob.streaming(4, 16).drain(ScriptedJob.drained()).state(JobState.FAILED));
        model.sample();
        assertThat(model.isDraining()).isFalse();
    }

    @Test
    void allThatEndedArePutAwayTogether() {
        JobViewModel runs = model.add(first);
        for (JobState end : List.of(JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)) {
            ScriptedJob job = new ScriptedJob();
            job.be(ScriptedJob.streaming(4, 16).state(end));
            assertThat(model.add(job).ended().get()).isNotEmpty();
        }
        assertThat(runs.ended().get()).isEmpty();
        model.putAwayEnded();
        assertThat(model.jobs()).containsExactly(runs);
        assertThat(model.selected().get()).isSameAs(runs);
    }

    @Test
    void whenAJobIsPutAwayAnotherOneIsLookedAt() {
        JobViewModel older = model.add(first);
        second.be(ScriptedJob.streaming(4, 16).state(JobState.CANCELLED));
        model.putAway(model.add(second));
        assertThat(model.selected().get()).isSameAs(older);
    }
}
