package dev.sluice.cli;

import dev.sluice.job.JobSnapshot;

/** How the process ends. */
final class ExitCode {

    /** What was asked for was done. */
    static final int DONE = 0;

    /** It was not done. */
    static final int FAILED = 1;

    /** It was not understood. */
    static final int WRONG_USAGE = 2;

    /** It was stopped on request, cleanly. */
    static final int CANCELLED = 130;

    private ExitCode() {}

    /** The code for a job that has ended. */
    static int of(JobSnapshot job) {
        return switch (job.state()) {
            case COMPLETED -> DONE;
            case CANCELLED -> CANCELLED;
            case FAILED -> FAILED;
            case PREPARING, CONNECTING, STREAMING, FINALISING, CANCELLING ->
                    throw new IllegalStateException(job.id() + " has not ended: " + job.state());
        };
    }
}
