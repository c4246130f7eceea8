package dev.sluice.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.util.Duration;

import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final Duration TENTH = Duration.millis(100);
    private static final Duration SECOND = Duration.seconds(1);

    @Test
    void aCheapLookIsRepeatedTenTimesASecond() {
        assertThat(Sampler.pause(0, TENTH, SECOND)).isEqualTo(TENTH);
        assertThat(Sampler.pause(2_000_000, TENTH, SECOND)).isEqualTo(TENTH);
    }

    @Test
    void aDearLookIsFollowedByARestInProportion() {
        assertThat(Sampler.pause(8_000_000, TENTH, SECOND)).isEqualTo(Duration.millis(400));
    }

    @Test
    void nothingIsSeenLessOftenThanOnceASecond() {
        assertThat(Sampler.pause(900_000_000, TENTH, SECOND)).isEqualTo(SECOND);
    }
}
