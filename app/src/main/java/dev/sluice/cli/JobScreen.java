package dev.sluice.cli;

import dev.sluice.job.JobSnapshot;

import java.util.List;

/** Shows a running job to a person. One thread at a time. */
interface JobScreen {

    /** Shows the job as it is now. */
    void show(JobSnapshot job);

    /** Says something that stays on the screen. */
    void say(List<String> lines);

    /** Shows the job's last state; nothing is shown after. */
    void end(JobSnapshot job);
}
