package dev.sluice.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.ui.restore.TimeScale.Tick;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;

class TimeScaleTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 4, 12, 0);
    private final TimeScale hour = new TimeScale(NOON, NOON.plusHours(1), 600);

    @Test
    void momentsLieWhereTheirShareOfTheTimeIs() {
        assertThat(hour.x(NOON)).isZero();
        assertThat(hour.x(NOON.plusMinutes(30))).isEqualTo(300);
        assertThat(hour.x(NOON.plusHours(2))).isEqualTo(1200);
        assertThat(hour.x(NOON.minusMinutes(6))).isEqualTo(-60);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 59, 60, 1799, 3600})
    void aPlaceLeadsBackToItsSecond(int seconds) {
        LocalDateTime moment = NOON.plusSeconds(seconds);
        assertThat(hour.moment(hour.x(moment))).isEqualTo(moment);
    }

    @Test
    void placesBeyondTheEndsMeanTheEnds() {
        assertThat(hour.moment(-40)).isEqualTo(NOON);
        assertThat(hour.moment(700)).isEqualTo(NOON.plusHours(1));
    }

    @Test
    void allOfALineHasRoomAtItsEnds() {
        TimeScale scale = TimeScale.around(NOON, NOON.plusHours(1), 600);
        assertThat(scale.x(NOON)).isBetween(5.0, 60.0);
        assertThat(scale.x(NOON.plusHours(1))).isBetween(540.0, 595.0);
        TimeScale single = TimeScale.around(NOON, NOON, 600);
        assertThat(single.x(NOON)).isEqualTo(300);
    }

    @Test
    void zoomingKeepsTheMomentWhereItIs() {
        LocalDateTime moment = NOON.plusMinutes(15);
        TimeScale closer = hour.zoomed(0.5, moment);
        assertThat(closer.x(moment)).isCloseTo(hour.x(moment), within(0.01));
        assertThat(Duration.between(closer.from(), closer.to())).isEqualTo(Duration.ofMinutes(30));
        assertThat(closer.zoomed(2, moment)).isEqualTo(hour);
    }

    @Test
    void zoomingEndsAtAFewSeconds() {
        TimeScale scale = hour;
        for (int i = 0; i < 40; i++) {
            scale = scale.zoomed(0.5, NOON.plusMinutes(15));
        }
        assertThat(Duration.between(scale.from(), scale.to()))
                .isGreaterThan(Duration.ofSeconds(15));
    }

    @Test
    void aMomentOutOfSightIsBroughtToTheMiddle() {
        assertThat(hour.showing(NOON.plusMinutes(59))).isEqualTo(hour);
        assertThat(hour.showing(NOON.plusHours(5)).x(NOON.plusHours(5))).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 90, 3600, 86_400, 604_800, 31_536_000, 3_153_600_000L})
    void labelsNeverCrowdWhateverTheLength(long seconds) {
        TimeScale scale = new TimeScale(NOON, NOON.plusSeconds(seconds), 700);
        List<Tick> ticks = scale.ticks(80);
        assertThat(ticks.size()).isBetween(1, 9);
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(scale.x(ticks.get(i).at()) - scale.x(ticks.get(i - 1).at()))
                    .isGreaterThanOrEqualTo(79.9);
        }
    }

    @Test
    void labelsStandAtRoundTimesAndMidnightIsADay() {
        TimeScale night = new TimeScale(NOON.plusHours(10), NOON.plusHours(14), 600);
        assertThat(night.ticks(100))
                .extracting(Tick::at)
                .contains(NOON.plusHours(11), NOON.plusHours(12), NOON.plusHours(13));
        assertThat(night.ticks(100)).filteredOn(Tick::isDay).hasSize(1);
    }

    @Test
    void aLineWithoutLengthOrRoomIsRefused() {
        assertThatThrownBy(() -> new TimeScale(NOON, NOON, 600))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimeScale(NOON, NOON.plusHours(1), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
