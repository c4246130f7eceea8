package dev.sluice.ui.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class RateHistoryTest {

    private final RateHistory history = new RateHistory();

    @Test
    void hasNothingBeforeTheFirstLook() {
        assertThat(history.rates()).isEmpty();
        assertThat(history.highest()).isZero();
    }

    @Test
    void looksWithinAStepAreOneMean() {
        history.add(Duration.ofMillis(0), 10);
        history.add(Duration.ofMillis(100), 20);
        history.add(Duration.ofMillis(250), 40);
        assertThat(history.rates()).containsExactly(15, 40);
        assertThat(history.highest()).isEqualTo(40);
    }

    @Test
    void aStepWithoutALookIsAsTheNextOne() {
        history.add(Duration.ofMillis(0), 10);
        history.add(Duration.ofMillis(800), 30);
        assertThat(history.rates()).containsExactly(10, 30, 30, 30);
    }

    @Test
    void aJobOfAWeekFitsAndKeepsItsShape() {
        long week = Duration.ofDays(7).toSeconds();
        for (long second = 0; second < week; second += 10) {
            history.add(Duration.ofSeconds(second), second < week / 2 ? 100 : 300);
        }
        double[] rates = history.rates();
        assertThat(rates).hasSizeBetween(RateHistory.MOST_STEPS / 2, RateHistory.MOST_STEPS);
        assertThat(rates[rates.length / 4]).isEqualTo(100);
        assertThat(rates[rates.length * 3 / 4]).isEqualTo(300);
        assertThat(history.span()).isBetween(Duration.ofDays(7), Duration.ofDays(14));
    }
}
