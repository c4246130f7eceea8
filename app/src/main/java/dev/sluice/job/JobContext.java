package dev.sluice.job;

import dev.sluice.sql.SqlServer;

/**
 * What a job stands on.
 *
 * @param id its id
 * @param trigger who or what started it
 * @param server where its statement goes
 * @param signIn its session there, which other runs of the same job may share
 * @param history where its row is kept
 * @param clock its time
 */
record JobContext(
        String id,
        String trigger,
        SqlServer server,
        SignIn signIn,
        RunHistory history,
        JobClock clock) {

    /** That of a job of one run. */
    JobContext(String id, String trigger, SqlServer server, RunHistory history, JobClock clock) {
        this(id, trigger, server, SignIn.ofOneRun(server), history, clock);
    }
}
