package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(30)
class ProgressWatchTest {

    private static final Duration SOON = Duration.ofMillis(1);

    private final ScriptedServer server = new ScriptedServer();
    private final BlockingQueue<Double> heard = new LinkedBlockingQueue<>();

    private ProgressWatch watch() {
        return new ProgressWatch("watch", SignIn.ofOneRun(server), 51, heard::add, SOON);
    }

    private Double next() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void tellsWhatTheServerTells() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.percents = session -> OptionalDouble.of(session + asked.getAndIncrement());
        try (ProgressWatch watch = watch()) {
            watch.start();
            assertThat(next()).isEqualTo(51);
            assertThat(next()).isEqualTo(52);
        }
        assertThat(server.open).hasValue(0);
    }

    @Test
    void goesOnWhileNothingIsTold() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.percents =
                session ->
                        asked.incrementAndGet() < 3 ? OptionalDouble.empty() : OptionalDouble.of(1);
        try (ProgressWatch watch = watch()) {
            watch.start();
            assertThat(next()).isEqualTo(1);
        }
    }

    @Test
    void endsAtARefusal() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        server.percents =
                session -> {
                    refused.countDown();
                    throw new SqlServerException(
                            List.of(new SqlMessage(300, 14, 1, "permission was denied")));
                };
        try (ProgressWatch watch = watch()) {
            watch.start();
            assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(heard).isEmpty();
        assertThat(server.open).hasValue(0);
    }

    @Test
    void aConnectionThatIsNotMadeIsDoneWithout() throws Exception {
        CountDownLatch tried = new CountDownLatch(1);
        server.onConnect =
                () -> {
                    tried.countDown();
                    throw new IllegalStateException("no connection");
                };
        try (ProgressWatch watch = watch()) {
            watch.start();
            assertThat(tried.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void cutsAnAnswerShortThatNobodyNeeds() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch attention = new CountDownLatch(1);
        server.onAttention = attention::countDown;
        server.percents =
                session -> {
                    asked.countDown();
                    assertThat(attention.await(20, TimeUnit.SECONDS)).isTrue();
                    return OptionalDouble.empty();
                };
        try (ProgressWatch watch = watch()) {
            watch.start();
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(attention.getCount()).isZero();
        assertThat(server.open).hasValue(0);
    }

    @Test
    void oneThatWasNeverStartedHasNothingToEnd() {
        watch().close();
        assertThat(server.open).hasValue(0);
    }
}
