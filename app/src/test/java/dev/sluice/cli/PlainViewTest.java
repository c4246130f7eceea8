package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.JobState;

import org.junit.jupiter.api.Test;

class PlainViewTest {

    private final PlainView view = new PlainView();

    @Test
    void tellsEveryTenPercentOnceAndSkipsWhatWasPassed() {
        assertThat(view.news(Snapshots.of(JobState.STREAMING).progress(9, 100).snapshot()))
                .isEmpty();
        assertThat(view.news(Snapshots.of(JobState.STREAMING).progress(35, 100).snapshot()))
                .containsExactly(
                        "30 percent, 35 B of 100 B, 24.0 MiB/s, about 6 s left (from the last"
                                + " run)");
        assertThat(view.news(Snapshots.of(JobState.STREAMING).progress(39, 100).snapshot()))
                .isEmpty();
        assertThat(view.news(Snapshots.of(JobState.STREAMING).progress(200, 100).snapshot()))
                .first()
                .asString()
                .startsWith("100 percent");
    }

    @Test
    void tellsEachMessageOnce() {
        assertThat(view.news(Snapshots.of(JobState.STREAMING).events("one").snapshot()))
                .containsExactly("warning: one");
        assertThat(view.news(Snapshots.of(JobState.STREAMING).events("one", "two").snapshot()))
                .containsExactly("warning: two");
    }

    @Test
    void tellsTheStepsOfADrainAsTheyAreDone() {
        assertThat(view.news(Snapshots.of(JobState.CANCELLING).drained(0).snapshot())).isEmpty();
        assertThat(view.news(Snapshots.of(JobState.CANCELLING).drained(3).snapshot()))
                .containsExactly(
                        "done: stop requested (0.4 s)",
                        "done: SignalAbort sent (0.4 s)",
                        "done: buffers returned (0.4 s): 3 of 8 buffers returned");
        assertThat(view.news(Snapshots.of(JobState.CANCELLING).drained(3).snapshot())).isEmpty();
    }
}
