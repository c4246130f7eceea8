package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

/**
 * ABORT-39, the rule of two intervals, on the real clock: an abort may be late on a busy machine
 * and must not be early.
 */
class ServerTimeOutTest extends Conformance {

    private static final int INTERVAL = 500;

    private Rig active(int devices) throws VdiException {
        return rig(new DeviceSetConfiguration(devices, 0, 0, 0, 0, 0, INTERVAL, 0, 0, 0, 0))
                .activate();
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    @Test
    void abort39_twoIntervalsWithoutACompletionAbortTheSet() throws VdiException {
        try (Rig rig = active(1)) {
            long start = System.nanoTime();
            Sent queued = rig.write();
            Sent inHand = rig.write();
            rig.fetch();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            assertThat(millisSince(start)).isGreaterThanOrEqualTo(2 * INTERVAL);
            assertThat(queued.code()).isEqualTo(995);
            assertThat(inHand.code()).isEqualTo(995);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.clientDevices.getFirst().getCommand(-1));
        }
    }

    @Test
    void abort39_aCompletionOnAnyDeviceRestartsTheClockAndIdleTimeDoesNotCount()
            throws VdiException {
        try (Rig rig = active(2)) {
            assertThat(rig.clientDevices.getFirst().getCommand(5 * INTERVAL / 2)).isNull();
            Sent pending = rig.write();
            Sent other = rig.control(1, CommandCode.FLUSH);
            rig.fetch();
            // well into the time the pending command has
            assertThat(rig.clientDevices.getFirst().getCommand(INTERVAL / 2)).isNull();
            long completed = System.nanoTime();
            rig.complete(rig.fetch(1), 0);
            assertThat(other.code()).isZero();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            assertThat(millisSince(completed)).isGreaterThanOrEqualTo(2 * INTERVAL);
            assertThat(pending.code()).isEqualTo(995);
        }
    }

    @Test
    void abort40_aTimeOutComesWhenItsTimeHasComeAndNotBefore() throws VdiException {
        try (Rig rig = rig(1).begin()) {
            long start = System.nanoTime();
            assertThat(rig.client.getConfiguration(150)).isNull();
            assertThat(millisSince(start)).isGreaterThanOrEqualTo(150);
            rig.server.requestBuffers(Rig.TRANSFER, 0, Rig.BUFFERS);
            rig.server.endConfiguration();
            assertThat(rig.client.getConfiguration(150)).isNotNull();
            rig.openAndStart();
            start = System.nanoTime();
            assertThat(rig.clientDevices.getFirst().getCommand(150)).isNull();
            assertThat(millisSince(start)).isGreaterThanOrEqualTo(150);
            rig.useABuffer().finish();
        }
    }
}
