package dev.sluice.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicLong;

class WorkerClockTest {

    private final AtomicLong now = new AtomicLong(100);
    private final WorkerClock clock = new WorkerClock(now::get);

    @Test
    void aWaitCountsWhileItGoesOnAndOnceWhenItIsOver() {
        clock.enter(DeviceState.THROTTLED);
        now.addAndGet(10);
        assertThat(clock.spent(DeviceState.THROTTLED)).isEqualTo(10);
        clock.enter(DeviceState.WAITING);
        now.addAndGet(3);
        assertThat(clock.spent(DeviceState.THROTTLED)).isEqualTo(10);
        assertThat(clock.spent(DeviceState.WAITING)).isEqualTo(3);
        clock.enter(DeviceState.THROTTLED);
        now.addAndGet(1);
        assertThat(clock.spent(DeviceState.THROTTLED)).isEqualTo(11);
    }
}
