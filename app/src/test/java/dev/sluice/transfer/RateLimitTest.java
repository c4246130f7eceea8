package dev.sluice.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;

@Timeout(60)
final class RateLimitTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "1000000, 65536, 0",
        "20000000, 1048576, 0",
        "20000000, 4194304, 3000000",
        "1000000000, 1048576, 100000"
    })
    void theAverageIsTheLimit(long rate, long transfer, long lateness) throws Exception {
        SteppedTime time = new SteppedTime(lateness);
        RateLimit limit = RateLimit.of(rate, time);
        long bytes = 0;
        while (time.now < 100 * SECOND) {
            limit.awaitTurn();
            limit.pay(transfer);
            bytes += transfer;
        }
        double average = bytes / (time.now / (double) SECOND);
        double slack = 100.0 * transfer / bytes + 1;
        assertThat(average).isCloseTo((double) rate, Percentage.withPercentage(slack));
    }

    @Test
    void idleTimeIsNotSavedUp() throws Exception {
        SteppedTime time = new SteppedTime(0);
        RateLimit limit = RateLimit.of(1000, time);
        time.now = 3600 * SECOND;
        for (int i = 0; i < 10; i++) {
            limit.awaitTurn();
            limit.pay(1000);
        }
        limit.awaitTurn();

        assertThat(time.now - 3600 * SECOND).isCloseTo(10 * SECOND, within(SECOND / 10));
    }

    @Test
    void aSlowDiskBelowTheLimitNeverWaits() throws Exception {
        SteppedTime time = new SteppedTime(0);
        RateLimit limit = RateLimit.of(1000, time);
        for (int i = 0; i < 100; i++) {
            time.now += 2 * SECOND;
            assertThat(limit.mustWait()).isFalse();
            limit.awaitTurn();
            limit.pay(1000);
        }
        assertThat(time.now).isEqualTo(200 * SECOND);
    }

    @Test
    void noLimitNeverWaits() throws Exception {
        RateLimit limit = RateLimit.none();
        limit.pay(Long.MAX_VALUE / 2);

        assertThat(limit.mustWait()).isFalse();
        limit.awaitTurn();
        assertThat(RateLimit.of(0).mustWait()).isFalse();
    }

    @Test
    void liftingWakesEverybodyForGood() throws Exception {
        RateLimit limit = RateLimit.of(1);
        limit.pay(1_000_000);
        assertThat(limit.mustWait()).isTrue();
        CountDownLatch through = new CountDownLatch(4);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            limit.awaitTurn();
                                            through.countDown();
                                        } catch (InterruptedException e) {
                                            throw new AssertionError(e);
                                        }
                                    }));
        }
        for (Thread thread : waiting) {
            TestServer.until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        }
        limit.lift();

        through.await();
        limit.pay(1_000_000);
        assertThat(limit.mustWait()).isFalse();
    }

    @Test
    void refusesANegativeLimit() {
        assertThatThrownBy(() -> RateLimit.of(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Time that passes only by waiting, and a scheduler that wakes late. */
    private static final class SteppedTime implements RateLimit.Time {

        private final long lateness;
        private long now;

        SteppedTime(long lateness) {
            this.lateness = lateness;
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void await(Condition signal, long nanos) {
            now += nanos + lateness;
        }
    }
}
