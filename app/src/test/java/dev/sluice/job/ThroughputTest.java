package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

class ThroughputTest {

    private static final Duration STEP = Duration.ofMillis(250);

    private final Throughput throughput = new Throughput();

    @Test
    void aShortRunKeepsEveryPoint() {
        for (int i = 0; i < 10; i++) {
            throughput.add(STEP.multipliedBy(i), i * 1000L);
        }
        assertThat(throughput.points()).hasSize(10);
        assertThat(throughput.step()).isEqualTo(STEP);
    }

    @Test
    void aRunOfAWeekKeepsFewEnoughFromTheBeginningToTheEnd() {
        Duration week = Duration.ofDays(7);
        Duration at = Duration.ZERO;
        while (at.compareTo(week) < 0) {
            throughput.add(at, at.toMillis());
            at = at.plus(throughput.step());
        }
        List<RunStory.Moved> points = throughput.points();
        assertThat(points).hasSizeBetween(Throughput.MOST_POINTS / 2, Throughput.MOST_POINTS);
        assertThat(points.getFirst().at()).isZero();
        assertThat(points.getLast().at()).isGreaterThan(week.minus(throughput.step()));
        assertThat(points).isSortedAccordingTo(Comparator.comparing(RunStory.Moved::at));
        assertThat(Arrays.stream(rates(points)).boxed())
                .allSatisfy(rate -> assertThat(rate).isCloseTo(1000, within(1.0)));
    }

    @Test
    void timeThatStandsStillAddsNothing() {
        throughput.add(STEP, 1);
        throughput.add(STEP, 2);
        assertThat(throughput.points()).containsExactly(new RunStory.Moved(STEP, 1));
    }

    @Test
    void ratesAreOfEqualSpansWhateverTheDistanceOfThePoints() {
        double[] rates =
                rates(
                        List.of(
                                new RunStory.Moved(Duration.ZERO, 0),
                                new RunStory.Moved(Duration.ofSeconds(3), 300),
                                new RunStory.Moved(Duration.ofSeconds(4), 1300)));

        assertThat(rates).containsExactly(new double[] {100, 550}, within(0.001));
    }

    @Test
    void onePointHasNoRate() {
        assertThat(rates(List.of(new RunStory.Moved(STEP, 9)))).isEmpty();
        assertThat(RunStory.NONE.rates()).isEmpty();
    }

    private static double[] rates(List<RunStory.Moved> points) {
        return new RunStory(List.of(), List.of(), List.of(), points, null).rates();
    }
}
