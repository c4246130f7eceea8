package dev.sluice.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

final class CompletionGateTest {

    private static CompletionGate gate(int devices) {
        CompletionGate gate = new CompletionGate();
        for (int device = 0; device < devices; device++) {
            gate.unseal(device);
        }
        return gate;
    }

    @Test
    void theLastAnswerOfADeviceByDeviceServerIsThePointOfNoReturn() {
        CompletionGate gate = gate(2);
        gate.seal(0);
        assertThat(gate.tryPass()).isTrue();
        assertThat(gate.isPassed()).isFalse();
        gate.seal(1);
        assertThat(gate.tryPass()).isTrue();
        assertThat(gate.isPassed()).isTrue();
        assertThat(gate.tryStop()).isFalse();
        assertThat(gate.tryPass()).isTrue();
    }

    @Test
    void aStopIsInTimeWhileADeviceHasDataToComeThoughAnotherIsComplete() {
        CompletionGate gate = gate(2);
        gate.seal(0);
        assertThat(gate.tryPass()).isTrue();
        assertThat(gate.tryStop()).isTrue();
        gate.seal(1);
        assertThat(gate.tryPass()).isFalse();
        assertThat(gate.isPassed()).isFalse();
    }

    @Test
    void oneCompleteIsThePointOfNoReturnWhenAllElseIsDurable() {
        CompletionGate gate = gate(2);
        gate.seal(0);
        gate.seal(1);
        assertThat(gate.isPassed()).isFalse();
        assertThat(gate.tryPass()).isTrue();
        assertThat(gate.tryStop()).isFalse();
    }

    @Test
    void dataThatComesAfterAllThatCanBeStopped() {
        CompletionGate gate = gate(2);
        gate.seal(0);
        gate.seal(1);
        assertThat(gate.tryPass()).isTrue();
        gate.unseal(1);
        assertThat(gate.isPassed()).isFalse();
        assertThat(gate.tryStop()).isTrue();
    }

    @Test
    void aServerThatSendsNoCompleteCanAlwaysBeStopped() {
        CompletionGate gate = gate(1);
        gate.seal(0);
        assertThat(gate.isSealed(0)).isTrue();
        assertThat(gate.tryStop()).isTrue();
    }

    @Test
    void nothingPassesAfterAStop() {
        CompletionGate gate = gate(1);

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
