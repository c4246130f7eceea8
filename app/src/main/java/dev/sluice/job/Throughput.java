package dev.sluice.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many bytes a run had moved at which time, in a bounded number of points: when they are used
 * up, every second one goes, and the next ones are taken half as often. A run of a week has as many
 * as one of a minute. Safe from any thread.
 */
final class Throughput {

    static final int MOST_POINTS = 120;

    private static final Duration FIRST_STEP = Duration.ofMillis(250);

    private final List<RunStory.Moved> points = new ArrayList<>();
    private Duration step = FIRST_STEP;

    /** The time between two points, as it is now. */
    synchronized Duration step() {
        return step;
    }

    /**
     * Adds a point.
     *
     * @param at since the first device worked
     * @param bytes of all devices
     */
    synchronized void add(Duration at, long bytes) {
        if (!points.isEmpty() && points.getLast().at().compareTo(at) >= 0) {
            return;
        }
        points.add(new RunStory.Moved(at, bytes));
        if (points.size() == MOST_POINTS) {
            // the first stays
            for (int i = MOST_POINTS / 2 - 1; i >= 0; i--) {
                points.remove(2 * i + 1);
            }
            step = step.multipliedBy(2);
        }
    }

    synchronized List<RunStory.Moved> points() {
        return List.copyOf(points);
    }
}
