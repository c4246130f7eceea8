package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressMeterTest {

    private static final long SECOND = 1_000_000_000L;

    private final ProgressMeter meter = new ProgressMeter();

    private double[] at(double seconds, long... bytes) {
        return meter.rates((long) (seconds * SECOND), bytes);
    }

    @Test
    void knowsNoRateFromOneSample() {
        assertThat(at(0, 1000)).containsExactly(0);
    }

    @Test
    void tellsTheRateOfEachDevice() {
        at(0, 0, 0);
        assertThat(at(2, 2000, 500)).containsExactly(1000, 250);
    }

    @Test
    void forgetsWhatIsOlderThanItsWindow() {
        at(0, 0);
        at(1, 1_000_000);
        for (int second = 2; second <= 10; second++) {
            at(second, 1_000_000);
        }
        assertThat(at(11, 1_000_000)).containsExactly(0);
    }

    @Test
    void isNotDisturbedByManyLookers() {
        at(0, 0);
        for (int i = 1; i <= 10_000; i++) {
            at(1 + i * 1e-6, 1000);
        }
        assertThat(at(2, 2000)).containsExactly(1000);
    }
}
