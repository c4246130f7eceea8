package dev.sluice.job;

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
    void moveTo(JobState next, String why) {
        JobState old = state;
        if (!old.successors().contains(next)) {
            throw new IllegalStateException(
                    "a job cannot go from %s to %s (%s)".formatted(old, next, why));
        }
        state = next;
        log.info("%s → %s: %s".formatted(old, next, why));
    }
}
