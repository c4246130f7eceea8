package dev.sluice.job;

import dev.sluice.sql.SqlServer;

/**
 * What a job stands on.
 *
 * @param id its id
 * @param trigger who or what started it
 * @param server where its statement goes
 * @param history where its row is kept
 * @param clock its time
 */
record JobContext(
        String id, String trigger, SqlServer server, RunHistory history, JobClock clock) {}
