package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class SnapshotBuilderTest {

    @Test
    void inAPauseTheAverageTellsHowLongItWillTake() {
        assertThat(SnapshotBuilder.remaining(1_000, 100, 50)).isEqualTo(Duration.ofSeconds(10));
        assertThat(SnapshotBuilder.remaining(1_000, 0, 50)).isEqualTo(Duration.ofSeconds(20));
        assertThat(SnapshotBuilder.remaining(1_000, 0, 0)).as("nothing has moved").isNull();
        assertThat(SnapshotBuilder.remaining(0, 100, 50)).as("more than was estimated").isNull();
    }
}
