package dev.sluice.ui.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.JobSnapshot.Times;
import dev.sluice.ui.running.Bottleneck.Cause;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class SharesTest {

    @Test
    void nothingIsSaidBeforeTimeWasSpent() {
        assertThat(Shares.NONE.most()).isEqualTo(Cause.UNKNOWN);
        assertThat(Shares.NONE.of(Cause.SERVER)).isZero();
    }

    @Test
    void sharesAreOfAllTimeSpent() {
        Shares shares =
                Shares.of(
                        new Times(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(1)));
        assertThat(shares.of(Cause.SERVER)).isEqualTo(0.5);
        assertThat(shares.of(Cause.DISK)).isEqualTo(0.3);
        assertThat(shares.of(Cause.DIGESTS)).isEqualTo(0.1);
        assertThat(shares.of(Cause.RATE_LIMIT)).isEqualTo(0.1);
        assertThat(shares.most()).isEqualTo(Cause.SERVER);
    }
}
