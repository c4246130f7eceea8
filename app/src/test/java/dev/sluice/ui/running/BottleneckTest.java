package dev.sluice.ui.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.JobSnapshot.Device;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.ui.ScriptedJob;
import dev.sluice.ui.running.Bottleneck.Cause;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class BottleneckTest {

    private final Bottleneck bottleneck = new Bottleneck();

    @Test
    void saysNothingBeforeAnythingWasSeen() {
        assertThat(bottleneck.cause()).isEqualTo(Cause.UNKNOWN);
        look(DeviceState.IN_IO, 1);
        assertThat(bottleneck.cause()).isEqualTo(Cause.DISK);
    }

    @Test
    void namesWhatMostWorkersWereSeenDoing() {
        look(DeviceState.WAITING, 10);
        look(DeviceState.IN_IO, 3);
        assertThat(bottleneck.cause()).isEqualTo(Cause.SERVER);
    }

    @Test
    void forgetsWhatWasLongAgo() {
        look(DeviceState.WAITING, 50);
        look(DeviceState.THROTTLED, 60);
        assertThat(bottleneck.cause()).isEqualTo(Cause.RATE_LIMIT);
    }

    private void look(DeviceState state, int times) {
        List<Device> devices =
                List.of(
                        ScriptedJob.device(0, state, Duration.ZERO),
                        ScriptedJob.device(1, state, Duration.ZERO));
        for (int i = 0; i < times; i++) {
            bottleneck.look(devices);
        }
    }
}
