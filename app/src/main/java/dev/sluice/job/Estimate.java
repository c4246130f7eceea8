package dev.sluice.job;

/**
 * The bytes a run is expected to move.
 *
 * @param bytes -1 when unknown
 * @param source from what they come
 */
record Estimate(long bytes, JobSnapshot.EstimateSource source) {

    static final Estimate NONE = new Estimate(-1, JobSnapshot.EstimateSource.NONE);
}
