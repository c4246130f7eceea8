package dev.sluice.job;

import dev.sluice.words.Told;

/** The server reads a backup set and changes nothing. */
abstract class LookWork extends ReadingWork {

    /**
     * @param limitRate bytes per second for all devices together; 0 for no limit
     */
    LookWork(long limitRate) {
        super(limitRate);
    }

    @Override
    public final Told discard() {
        closeStripes();
        return Told.of("left.untouched");
    }
}
