package dev.sluice.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.util.Duration;

import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final Duration TENTH = Duration.millis(100);
    private static final Duration TWO_SECONDS = Duration.seconds(2);

    @Test
    void aCheapLookIsRepeatedTenTimesASecond() {
        assertThat(Sampler.pause(0, TENTH, TWO_SECONDS)).isEqualTo(TENTH);
        assertThat(Sampler.pause(2_000_000, TENTH, TWO_SECONDS)).isEqualTo(TENTH);
    }

    @Test
    void aDearLookIsFollowedByARestInProportion() {
        assertThat(Sampler.pause(8_000_000, TENTH, TWO_SECONDS)).isEqualTo(Duration.millis(400));
    }

    @Test
    void nothingIsSeenLessOftenThanEveryTwoSeconds() {
        assertThat(Sampler.pause(900_000_000, TENTH, TWO_SECONDS)).isEqualTo(TWO_SECONDS);
    }
}
