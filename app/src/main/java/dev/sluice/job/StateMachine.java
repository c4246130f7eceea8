package dev.sluice.job;

import dev.sluice.words.Told;

/** The state of one job. One thread, the job's own, moves it; any thread reads it. */
final class StateMachine {

    private final JobLog log;
    private volatile JobState state;

    StateMachine(JobLog log) {
        this(log, JobState.PREPARING);
    }

    StateMachine(JobLog log, JobState first) {
        this.log = log;
        this.state = first;
    }

    JobState state() {
        return state;
    }

    /**
     * Moves to a state and logs the old one, the new one and why.
     *
     * @throws IllegalStateException when the table does not allow it; the state stays
     */
    void moveTo(JobState next, Told why) {
        JobState old = state;
        if (!old.successors().contains(next)) {
            throw new IllegalStateException(
                    "a job cannot go from %s to %s (%s)".formatted(old, next, why));
        }
        state = next;
        log.info(Told.of("log.state", inWords(old), inWords(next), why));
    }

    private static Told inWords(JobState state) {
        return switch (state) {
            case PREPARING -> Told.of("log.state.preparing");
            case CONNECTING -> Told.of("log.state.connecting");
            case STREAMING -> Told.of("log.state.streaming");
            case FINALISING -> Told.of("log.state.finalising");
            case CANCELLING -> Told.of("log.state.cancelling");
            case COMPLETED -> Told.of("log.state.completed");
            case CANCELLED -> Told.of("log.state.cancelled");
            case FAILED -> Told.of("log.state.failed");
        };
    }
}
