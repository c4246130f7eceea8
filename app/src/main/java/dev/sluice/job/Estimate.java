package dev.sluice.job;

import dev.sluice.job.JobSnapshot.EstimateSource;

/**
 * The bytes a run is expected to move.
 *
 * @param bytes -1 when unknown
 * @param source from what they come
 */
record Estimate(long bytes, EstimateSource source) {

    static final Estimate NONE = new Estimate(-1, EstimateSource.NONE);

    /** Whole percents are too coarse to count on below this. */
    private static final double FIRST_USEFUL_MESSAGE = 10;

    /** At the beginning, the server's work is not yet in proportion to the bytes. */
    private static final double FIRST_USEFUL_REQUEST = 1;

    /**
     * How far the server said it was, and how much had been moved by then.
     *
     * @param percent of its work; negative when it has said nothing
     * @param bytes moved
     */
    record Reading(double percent, long bytes) {

        static final Reading NONE = new Reading(-1, 0);

        private boolean isUseful(double first) {
            return percent >= first && bytes > 0;
        }

        private Estimate from(EstimateSource source) {
            return new Estimate((long) (bytes * 100.0 / percent), source);
        }
    }

    /**
     * The best that is known. First comes a backup set's own account, which is exact; then what the
     * server tells of its statement, in fractions of a percent; then its percent messages; then
     * what the run began with.
     *
     * @param first what the run began with
     * @param request what another session was told of the statement
     * @param message what a percent message told
     */
    static Estimate best(Estimate first, Reading request, Reading message) {
        if (first.source == EstimateSource.BACKUP_SET) {
            return first;
        }
        if (request.isUseful(FIRST_USEFUL_REQUEST)) {
            return request.from(EstimateSource.SERVER_REQUEST);
        }
        if (message.isUseful(FIRST_USEFUL_MESSAGE)) {
            return message.from(EstimateSource.SERVER_PERCENT);
        }
        return first;
    }

    /** The same, yet no less than was moved already; what is unknown stays so. */
    Estimate atLeast(long done) {
        return bytes < 0 ? this : new Estimate(Math.max(bytes, done), source);
    }
}
