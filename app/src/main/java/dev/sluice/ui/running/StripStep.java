package dev.sluice.ui.running;

import dev.sluice.job.JobState;

import java.util.ArrayList;
import java.util.List;

/**
 * A step of the state strip.
 *
 * @param state the state it stands for
 * @param look how it looks
 */
public record StripStep(JobState state, Look look) {

    /** How a step looks; none differs from another by colour alone. */
    public enum Look {
        /** Gone through. */
        PASSED,
        /** Here. */
        CURRENT,
        /** To come. */
        AHEAD,
        /** Here, and on the way out. */
        DRAINING,
        /** The good end. */
        COMPLETED,
        /** The end that was asked for. */
        CANCELLED,
        /** The bad end. */
        FAILED
    }

    private static final List<JobState> WAY =
            List.of(
                    JobState.PREPARING,
                    JobState.CONNECTING,
                    JobState.STREAMING,
                    JobState.FINALISING,
                    JobState.COMPLETED);

    /** Whether a state lies on the way to the good end. */
    static boolean onTheWay(JobState state) {
        return WAY.contains(state);
    }

    /**
     * The strip of a job.
     *
     * @param state its state
     * @param reached the last state on the way to the good end that was seen
     */
    static List<StripStep> strip(JobState state, JobState reached) {
        return switch (state) {
            case CANCELLING -> left(reached, step(state, Look.DRAINING), ahead(JobState.CANCELLED));
            case CANCELLED ->
                    left(
                            reached,
                            step(JobState.CANCELLING, Look.PASSED),
                            step(state, Look.CANCELLED));
            case FAILED -> left(reached, step(state, Look.FAILED));
            default -> way(state);
        };
    }

    private static List<StripStep> way(JobState state) {
        int here = WAY.indexOf(state);
        List<StripStep> steps = new ArrayList<>();
        for (int i = 0; i < WAY.size(); i++) {
            steps.add(step(WAY.get(i), look(i, here)));
        }
        return List.copyOf(steps);
    }

    private static Look look(int index, int here) {
        if (index != here) {
            return index < here ? Look.PASSED : Look.AHEAD;
        }
        return here == WAY.size() - 1 ? Look.COMPLETED : Look.CURRENT;
    }

    private static List<StripStep> left(JobState reached, StripStep... rest) {
        List<StripStep> steps = new ArrayList<>();
        for (JobState passed : WAY.subList(0, WAY.indexOf(reached) + 1)) {
            steps.add(step(passed, Look.PASSED));
        }
        steps.addAll(List.of(rest));
        return List.copyOf(steps);
    }

    private static StripStep step(JobState state, Look look) {
        return new StripStep(state, look);
    }

    private static StripStep ahead(JobState state) {
        return new StripStep(state, Look.AHEAD);
    }
}
