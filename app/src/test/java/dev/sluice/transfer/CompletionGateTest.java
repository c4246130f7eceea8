package dev.sluice.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

final class CompletionGateTest {

    @Test
    void everyDevicePassesOnceOneHasPassed() {
        CompletionGate gate = new CompletionGate();

        assertThat(gate.tryPass()).isTrue();
        assertThat(gate.tryPass()).isTrue();
        assertThat(gate.tryStop()).isFalse();
        assertThat(gate.isPassed()).isTrue();
    }

    @Test
    void nothingPassesAfterAStop() {
        CompletionGate gate = new CompletionGate();

        assertThat(gate.tryStop()).isTrue();
        assertThat(gate.tryStop()).isTrue();
        assertThat(gate.tryPass()).isFalse();
        assertThat(gate.isPassed()).isFalse();
    }

    @Test
    void ofAStopAndDevicesAtTheSameTimeOneSideWins() throws Exception {
        for (int round = 0; round < 300; round++) {
            CompletionGate gate = new CompletionGate();
            CyclicBarrier together = new CyclicBarrier(3);
            AtomicInteger passed = new AtomicInteger();
            AtomicInteger stopped = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                boolean stops = i == 0;
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            try {
                                                together.await();
                                            } catch (Exception e) {
                                                throw new AssertionError(e);
                                            }
                                            if (stops && gate.tryStop()) {
                                                stopped.incrementAndGet();
                                            } else if (!stops && gate.tryPass()) {
                                                passed.incrementAndGet();
                                            }
                                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(passed.get() + 2 * stopped.get()).isEqualTo(2);
        }
    }
}
