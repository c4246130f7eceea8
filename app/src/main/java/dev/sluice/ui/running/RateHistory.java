package dev.sluice.ui.running;

import java.time.Duration;
import java.util.Arrays;

/**
 * The rate of a job over its whole time in a fixed number of steps: when they are used up, each two
 * become one, so that a job of a week still fits. Rates are bytes per second. FX thread.
 */
final class RateHistory {

    static final int MOST_STEPS = 240;

    private static final long FIRST_STEP_MILLIS = 250;

    private final double[] sums = new double[MOST_STEPS];
    private final int[] counts = new int[MOST_STEPS];
    private long stepMillis = FIRST_STEP_MILLIS;
    private int steps;
    private long first = -1;

    /** The rate was this at that time of the job; the first time is where the history begins. */
    void add(Duration elapsed, double rate) {
        first = first < 0 ? elapsed.toMillis() : first;
        long since = elapsed.toMillis() - first;
        while (since / stepMillis >= MOST_STEPS) {
            halve();
        }
        int step = (int) (since / stepMillis);
        sums[step] += rate;
        counts[step]++;
        steps = Math.max(steps, step + 1);
    }

    private void halve() {
        for (int i = 0; i < MOST_STEPS / 2; i++) {
            sums[i] = sums[2 * i] + sums[2 * i + 1];
            counts[i] = counts[2 * i] + counts[2 * i + 1];
        }
        Arrays.fill(sums, MOST_STEPS / 2, MOST_STEPS, 0);
        Arrays.fill(counts, MOST_STEPS / 2, MOST_STEPS, 0);
        stepMillis *= 2;
        steps = (steps + 1) / 2;
    }

    /** The mean rate of each step, oldest first; a step without a look is as the next one. */
    double[] rates() {
        double[] rates = new double[steps];
        double next = 0;
        // a rate is that of the time before it was looked at; the last step has a look
        for (int i = steps - 1; i >= 0; i--) {
            next = counts[i] > 0 ? sums[i] / counts[i] : next;
            rates[i] = next;
        }
        return rates;
    }

    /** The time that the steps stand for. */
    Duration span() {
        return Duration.ofMillis(steps * stepMillis);
    }

    /** The highest of the rates; 0 without any. */
    double highest() {
        return Arrays.stream(rates()).max().orElse(0);
    }
}
