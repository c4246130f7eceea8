package dev.sluice.ui.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.JobState;
import dev.sluice.ui.running.StripStep.Look;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StripStepTest {

    @Test
    void aStreamingJobHasTwoStepsBehindAndTwoAhead() {
        assertThat(StripStep.strip(JobState.STREAMING, JobState.STREAMING))
                .extracting(StripStep::look)
                .containsExactly(Look.PASSED, Look.PASSED, Look.CURRENT, Look.AHEAD, Look.AHEAD);
    }

    @Test
    void aCancelLeavesTheWayWhereTheJobWas() {
        assertThat(StripStep.strip(JobState.CANCELLING, JobState.CONNECTING))
                .extracting(StripStep::state)
                .containsExactly(
                        JobState.PREPARING,
                        JobState.CONNECTING,
                        JobState.CANCELLING,
                        JobState.CANCELLED);
    }

    @Test
    void aFailureEndsTheStripWhereItHappened() {
        assertThat(StripStep.strip(JobState.FAILED, JobState.PREPARING))
                .containsExactly(
                        new StripStep(JobState.PREPARING, Look.PASSED),
                        new StripStep(JobState.FAILED, Look.FAILED));
    }

    @ParameterizedTest
    @EnumSource(JobState.class)
    void exactlyOneStepTellsWhereTheJobIs(JobState state) {
        JobState reached = StripStep.onTheWay(state) ? state : JobState.STREAMING;
        assertThat(StripStep.strip(state, reached))
                .filteredOn(step -> step.look() != Look.PASSED && step.look() != Look.AHEAD)
                .extracting(StripStep::state)
                .containsExactly(state);
    }
}
