package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerConfiguration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** A set from its creation to its normal end, as both ends see it (vdi-facts A, E, F.1). */
class LifeCycleTest extends Conformance {

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void endsNormallyOnBothSides(int devices) throws VdiException {
        try (Rig rig = rig(devices).activate().useABuffer().finish()) {
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
            assertThat(rig.clientState()).isEqualTo(DeviceSetState.NORMALLY_TERMINATED);
            assertThat(rig.serverState()).isEqualTo(DeviceSetState.NORMALLY_TERMINATED);
            rig.client.close();
            rig.server.close();
        }
    }

    @Test
    void theSameObjectsServeOneSetAfterTheOther() throws VdiException {
        try (Rig rig = rig(2)) {
            for (int i = 0; i < 3; i++) {
                rig.serverDevices.clear();
                rig.clientDevices.clear();
                rig.activate().useABuffer().finish();
                rig.client.close();
                rig.server.close();
            }
        }
    }

    @Test
    void tellsBothEndsWhatWasAskedForAndWhatWasDecided() throws VdiException {
        DeviceSetConfiguration request =
                new DeviceSetConfiguration(
                        2, Features.REQUEST_COMPLETE, 100, 8192, 0, 7, 3000, 0, 0, 0, 0);
        try (Rig rig = rig(request).connect()) {
            assertThat(rig.server.getConfiguration()).isEqualTo(request);
        }
        try (Rig rig = rig(request).configure()) {
            DeviceSetConfiguration decided = Objects.requireNonNull(rig.client.getConfiguration(0));
            assertThat(decided.bufferAreaSize()).isGreaterThan(Rig.BUFFERS * Rig.TRANSFER);
            assertThat(decided)
                    .isEqualTo(
                            new DeviceSetConfiguration(
                                    2,
                                    Features.REQUEST_COMPLETE | Features.WRITE_MEDIA,
                                    100,
                                    8192,
                                    0,
                                    7,
                                    3000,
                                    Rig.BLOCK,
                                    4,
                                    Rig.TRANSFER,
                                    decided.bufferAreaSize()));
            assertThat(rig.server.getConfiguration()).isEqualTo(decided);
        }
    }

    @Test
    void theClientWaitsForTheConfiguration() throws VdiException {
        try (Rig rig = rig(1).begin()) {
            Running<@Nullable DeviceSetConfiguration> waiting =
                    Running.start("configuration", () -> rig.client.getConfiguration(-1))
                            .untilBlocked();
            rig.server.endConfiguration();
            assertThat(Objects.requireNonNull(waiting.result()).maxTransferSize())
                    .isEqualTo(Rig.TRANSFER);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {ClientDeviceSet.INFINITE, Long.MIN_VALUE, Long.MAX_VALUE})
    void waitsForTheNextCommand(long timeoutMillis) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            ClientDevice device = rig.clientDevices.getFirst();
            Running<@Nullable Command> fetching =
                    Running.start("fetch", () -> device.getCommand(timeoutMillis)).untilBlocked();
            rig.write();
            Command command = Objects.requireNonNull(fetching.result());
            assertThat(rig.inHand(device, command).code()).isEqualTo(CommandCode.WRITE);
        }
    }

    @Test
    void aPolledDeviceWithoutCommandsReturnsNothing() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            assertThat(rig.poll(0)).isNull();
        }
    }

    @Test
    void aClientMayOpenItsDeviceBeforeTheServerDoes() throws VdiException {
        try (Rig rig = rig(2).configure()) {
            Running<?> opening =
                    Running.start("open", () -> rig.openClientDevice(rig.deviceName(1)))
                            .untilBlocked();
            rig.serverDevices.add(rig.server.openDevice(rig.name));
            rig.serverDevices.add(rig.server.openDevice(rig.deviceName(1)));
            assertThat(opening.status()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    @Test
    void aSetWhoseClientWaitsForItsDeviceKeepsNoOtherWaiting() throws VdiException {
        try (Rig rig = rig(1).configure()) {
            Running<?> opening =
                    Running.start("open", () -> rig.openClientDevice(rig.name)).untilBlocked();
            Running<?> other =
                    Running.start("other", () -> rig(1).activate().useABuffer().finish());
            assertThat(other.status()).isEqualTo(VdiStatus.NOERROR);
            assertThat(opening.isDone()).isFalse();
            rig.openServerDevices();
            assertThat(opening.status()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    @Test
    void aDeviceEndsForTheClientWhileTheOthersGoOn() throws VdiException {
        try (Rig rig = rig(2).activate()) {
            rig.serverDevices.getLast().closeDevice();
            for (int i = 0; i < 3; i++) {
                Rig.assertStatus(VdiStatus.CLOSE, () -> rig.clientDevices.getLast().getCommand(-1));
            }
            rig.useABuffer();
            // ABORT-28: however often it saw the end of one, the other is open
            Rig.assertStatus(VdiStatus.OPEN, rig.client::close);
        }
    }

    @Test
    void aBufferKeptBeyondCloseRefusesAccess() throws VdiException {
        try (Rig rig = rig(1).activate().useABuffer().finish()) {
            ByteBuffer kept = rig.usedBuffer();
            rig.client.close();
            assertThatIllegalStateException().isThrownBy(() -> kept.get(0));
            assertThatIllegalStateException().isThrownBy(() -> kept.putLong(8, 1));
        }
    }

    @Test
    void theHandshakeOfCompleteEndsABackup() throws VdiException {
        DeviceSetConfiguration request =
                DeviceSetConfiguration.request(1, Features.REQUEST_COMPLETE);
        try (Rig rig = rig(request).connect()) {
            assertThat(rig.server.getConfiguration().has(Features.REQUEST_COMPLETE)).isTrue();
            int features =
                    Features.REQUEST_COMPLETE | Features.WRITE_MEDIA | Features.COMPLETE_ENABLED;
            rig.server.beginConfiguration(
                    new ServerConfiguration(features, 0, Rig.BLOCK, Rig.TRANSFER, 0));
            rig.server.requestBuffers(Rig.TRANSFER, 0, 1);
            rig.server.endConfiguration();
            assertThat(Objects.requireNonNull(rig.client.getConfiguration(0)).features())
                    .isEqualTo(features);
            rig.openAndStart().useABuffer();
            for (CommandCode last : List.of(CommandCode.FLUSH, CommandCode.COMPLETE)) {
                Sent sent = rig.control(last);
                Command command = rig.fetch();
                assertThat(command.code()).isEqualTo(last);
                rig.complete(command, 0);
                assertThat(sent.code()).isZero();
            }
            rig.finish();
        }
    }

    @Test
    void anOlderServerLeavesCompleteOutAndTheLastCommandIsAFlush() throws VdiException {
        DeviceSetConfiguration request =
                DeviceSetConfiguration.request(1, Features.REQUEST_COMPLETE);
        try (Rig rig = rig(request).configure()) {
            DeviceSetConfiguration decided = Objects.requireNonNull(rig.client.getConfiguration(0));
            assertThat(decided.has(Features.COMPLETE_ENABLED)).isFalse();
            rig.openAndStart().useABuffer();
            Sent sent = rig.control(CommandCode.FLUSH);
            rig.complete(rig.fetch(), 0);
            assertThat(sent.code()).isZero();
            rig.finish();
        }
    }

    @Test
    void oneNameIsOneSetUntilItsClientCloses() throws VdiException {
        try (Rig rig = rig(1).create();
                Rig other = rig.another()) {
            Rig.assertStatus(VdiStatus.PROTOCOL, other::create);
            assertThat(other.clientState()).isEqualTo(DeviceSetState.DOES_NOT_EXIST);
            rig.client.close();
            other.activate().useABuffer().finish();
        }
    }

    @Test
    void twoSetsLiveSideBySide() throws VdiException {
        try (Rig rig = rig(1).activate();
                Rig other = rig(1).activate()) {
            Sent sent = rig.write();
            assertThat(other.poll(0)).isNull();
            other.abort();
            rig.complete(rig.fetch(), 0);
            assertThat(sent.code()).isZero();
            rig.finish();
        }
    }
}
