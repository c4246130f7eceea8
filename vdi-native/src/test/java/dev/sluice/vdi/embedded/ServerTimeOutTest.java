package dev.sluice.vdi.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.EmbeddedEnds;
import dev.sluice.vdi.conformance.Rig;
import dev.sluice.vdi.conformance.Running;
import dev.sluice.vdi.conformance.Sent;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;

import java.util.Objects;

/** ABORT-39, the rule of two intervals, and time-outs, on a clock that the test moves. */
class ServerTimeOutTest {

    private static final int INTERVAL = 1000;

    private final ManualTime time = new ManualTime();

    private Rig active(int serverTimeOut, int devices) throws VdiException {
        DeviceSetConfiguration request =
                new DeviceSetConfiguration(devices, 0, 0, 0, 0, 0, serverTimeOut, 0, 0, 0, 0);
        Rig rig = new EmbeddedEnds(new EmbeddedVdi(time)).rig(request).activate();
        rig.agent().untilBlocked();
        return rig;
    }

    @Test
    void abort39_moreThanTwoIntervalsWithoutACompletionAbort() throws VdiException {
        try (Rig rig = active(INTERVAL, 1)) {
            Sent sent = rig.write();
            time.advanceMillis(2 * INTERVAL);
            stillActiveAfterTheAgentLooked(rig);
            time.advance(1);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            assertThat(sent.code()).isEqualTo(995);
            assertThat(States.client(rig)).isEqualTo(DeviceSetState.ABNORMALLY_TERMINATED);
        }
    }

    @Test
    void abort39_aCommandInTheClientsHandsIsPendingToo() throws VdiException {
        try (Rig rig = active(INTERVAL, 1)) {
            rig.write();
            rig.fetch();
            time.advanceMillis(2 * INTERVAL + 1);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
        }
    }

    @Test
    void abort39_aCompletionOnAnyDeviceRestartsTheClock() throws VdiException {
        try (Rig rig = active(INTERVAL, 2)) {
            rig.write();
            Sent other = new Sent();
            rig.serverDevices.getLast().sendCommand(other.command.control(CommandCode.FLUSH));
            time.advanceMillis(2 * INTERVAL);
            Command onSecond = Objects.requireNonNull(rig.clientDevices.getLast().getCommand(0));
            rig.clientDevices.getLast().completeCommand(onSecond, 0, 0, 0);
            assertThat(other.code()).isZero();
            time.advanceMillis(2 * INTERVAL);
            stillActiveAfterTheAgentLooked(rig);
            time.advance(1);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
        }
    }

    @Test
    void abort39_idleTimeDoesNotCount() throws VdiException {
        try (Rig rig = active(INTERVAL, 1)) {
            time.advanceMillis(100 * INTERVAL);
            stillActiveAfterTheAgentLooked(rig);
            Sent sent = rig.write();
            time.advanceMillis(2 * INTERVAL);
            stillActiveAfterTheAgentLooked(rig);
            rig.complete(rig.fetch(), 0);
            assertThat(sent.code()).isZero();
            time.advanceMillis(100 * INTERVAL);
            stillActiveAfterTheAgentLooked(rig);
            rig.finish();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    @Test
    void abort39_zeroMeansNever() throws VdiException {
        try (Rig rig = active(0, 1)) {
            Sent sent = rig.write();
            time.advanceMillis(1_000_000_000);
            stillActiveAfterTheAgentLooked(rig);
            rig.complete(rig.fetch(), 0);
            assertThat(sent.code()).isZero();
            rig.finish();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    /** The agent has looked at the clock since it moved, and waits again. */
    private void stillActiveAfterTheAgentLooked(Rig rig) {
        time.untilParked(rig.agent().thread);
        assertThat(States.server(rig)).isEqualTo(DeviceSetState.ACTIVE);
        assertThat(rig.agent().isDone()).isFalse();
    }

    @Test
    void abort40_aTimeOutComesWhenItsTimeHasComeAndNotBefore() throws VdiException {
        try (Rig rig = active(0, 1)) {
            Running<VdiStatus> fetching =
                    Running.start(
                            "fetch",
                            () ->
                                    rig.clientDevices.getFirst().getCommand(500) == null
                                            ? VdiStatus.TIMEOUT
                                            : VdiStatus.NOERROR);
            time.untilParked(fetching.thread);
            time.advanceMillis(499);
            time.untilParked(fetching.thread);
            assertThat(fetching.isDone()).isFalse();
            time.advanceMillis(1);
            assertThat(fetching.result()).isEqualTo(VdiStatus.TIMEOUT);
            assertThat(States.client(rig)).isEqualTo(DeviceSetState.ACTIVE);
        }
    }
}
