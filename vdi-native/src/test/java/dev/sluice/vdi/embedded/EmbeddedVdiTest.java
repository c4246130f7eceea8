package dev.sluice.vdi.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.DeviceSetObservation.Holder;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.embedded.Rig.Running;
import dev.sluice.vdi.embedded.Rig.Sent;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.SharedBuffer;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** The embedded set as both ends use it when all goes well, and its refusals of bad input. */
class EmbeddedVdiTest {

    @Test
    void carriesDataWithoutCopying() throws VdiException {
        Rig rig = Rig.active(1);
        Sent sent = new Sent();
        SharedBuffer buffer = rig.server.allocateBuffer(Rig.TRANSFER, 0);
        buffer.data().putLong(0, 42).putLong(Rig.TRANSFER - 8, 43);
        rig.serverDevices
                .getFirst()
                .sendCommand(sent.command.transfer(CommandCode.WRITE, buffer, Rig.TRANSFER));

        Command command = rig.fetch();
        assertThat(command.code()).isEqualTo(CommandCode.WRITE);
        assertThat(command.bufferId()).isEqualTo(buffer.id());
        assertThat(command.buffer().remaining()).isEqualTo(Rig.TRANSFER);
        assertThat(command.buffer().getLong(0)).isEqualTo(42);
        assertThat(command.buffer().getLong(Rig.TRANSFER - 8)).isEqualTo(43);
        rig.complete(command, 0);

        assertThat(sent.code()).isZero();
        assertThat(sent.command.bytesTransferred()).isEqualTo(Rig.TRANSFER);
        assertThat(sent.calledBack.join()).isSameAs(rig.agent().thread);
    }

    @Test
    void endsNormallyOnBothSides() throws VdiException {
        Rig rig = Rig.active(3).finish();

        assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
        assertThat(rig.clientState()).isEqualTo(DeviceSetState.NORMALLY_TERMINATED);
        assertThat(rig.serverState()).isEqualTo(DeviceSetState.NORMALLY_TERMINATED);
        rig.client.close();
        rig.server.close();
    }

    @Test
    void tellsTheClientWhatTheServerDecided() throws VdiException {
        DeviceSetConfiguration request =
                new DeviceSetConfiguration(
                        2, Features.REQUEST_COMPLETE, 100, 8192, 0, 7, 3000, 0, 0, 0, 0);
        Rig rig = new Rig(new EmbeddedVdi(), request).configure();

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

    @Test
    void waitsForTheNextCommand() throws VdiException {
        Rig rig = Rig.active(1);
        Running<Command> fetching =
                Rig.start("fetch", () -> rig.clientDevices.getFirst().getCommand(-1));
        fetching.untilBlocked();
        rig.write();
        assertThat(fetching.result().code()).isEqualTo(CommandCode.WRITE);
    }

    @Test
    void aPolledDeviceWithoutCommandsReturnsNothing() throws VdiException {
        assertThat(Rig.active(1).clientDevices.getFirst().getCommand(0)).isNull();
    }

    @Test
    void aClientWaitsForTheServerToOpenTheDevice() throws VdiException {
        Rig rig = new Rig(2).configure();
        Running<?> opening = Rig.start("open", () -> rig.client.openDevice("set1"));
        opening.untilBlocked();
        rig.server.openDevice("set");
        rig.server.openDevice("set1");
        assertThat(opening.status()).isEqualTo(VdiStatus.NOERROR);
    }

    @Test
    void showsWhoHoldsEachBuffer() throws VdiException {
        Rig rig = Rig.active(1);
        DeviceSetObservation look = rig.client.observe().orElseThrow();
        assertThat(look.bufferCount()).isEqualTo(Rig.BUFFERS);
        assertThat(look.holder(0)).isEqualTo(Holder.FREE);

        Sent sent = rig.write();
        int id = Objects.requireNonNull(sent.command.buffer()).id();
        assertThat(look.holder(id)).isEqualTo(Holder.QUEUED);
        assertThat(look.queued(0)).isEqualTo(1);

        Command command = rig.fetch();
        assertThat(look.holder(id)).isEqualTo(Holder.CLIENT);
        assertThat(look.outstanding()).isEqualTo(1);
        assertThat(look.queued(0)).isZero();

        rig.complete(command, 0);
        assertThat(look.holder(id)).isEqualTo(Holder.SERVER);
        assertThat(look.outstanding()).isZero();
        rig.server.freeBuffer(Objects.requireNonNull(sent.command.buffer()), Rig.TRANSFER);
        assertThat(look.holder(id)).isEqualTo(Holder.FREE);
    }

    @Test
    void aSecondClientWorksOnItsOwnDeviceAndMapsHandles() throws VdiException {
        Rig rig = Rig.active(1);
        ClientDeviceSet second = rig.vdi.newDeviceSet();
        second.openInSecondary(null, rig.name);
        Rig.assertStatus(VdiStatus.OPEN, () -> second.openDevice(rig.name));

        rig.write();
        ByteBuffer own = rig.fetch().buffer();
        own.putInt(0, 7);
        ByteBuffer mapped = second.mapBufferHandle(rig.client.getBufferHandle(own), own.capacity());
        assertThat(mapped.getInt(0)).isEqualTo(7);
        second.close();
        assertThatThrownBy(() -> mapped.getInt(0)).isInstanceOf(IllegalStateException.class);
        assertThat(own.getInt(0)).isEqualTo(7);
    }

    @Test
    void aHandleIsMappedForAsManyBytesAsTheBufferHas() throws VdiException {
        try (Rig rig = Rig.active(1).useABuffer()) {
            int handle = rig.client.getBufferHandle(rig.usedBuffer());
            assertThat(rig.client.mapBufferHandle(handle, Rig.BLOCK).capacity())
                    .isEqualTo(Rig.BLOCK);
            for (int size : List.of(0, -1, Rig.TRANSFER + 1)) {
                Rig.assertStatus(VdiStatus.INVALID, () -> rig.client.mapBufferHandle(handle, size));
            }
        }
    }

    @Test
    void aBufferKeptBeyondCloseRefusesAccessWhileTheServersLives() throws VdiException {
        Rig rig = Rig.active(1);
        Sent sent = rig.write();
        Command command = rig.fetch();
        ByteBuffer kept = command.buffer();
        rig.complete(command, 0);
        assertThat(sent.code()).isZero();
        rig.finish();
        rig.client.close();

        assertThatThrownBy(() -> kept.get(0)).isInstanceOf(IllegalStateException.class);
        ByteBuffer servers = Objects.requireNonNull(sent.command.buffer()).data();
        servers.putInt(0, 1);
        rig.server.close();
        assertThatThrownBy(() -> servers.getInt(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void deliversCommandsInTheOrderTheyWereSent() throws VdiException {
        try (Rig rig = Rig.active(1)) {
            for (int i = 0; i < EmbeddedVdi.QUEUE_DEPTH; i++) {
                Sent sent = new Sent();
                sent.command.prepare(CommandCode.SET_POSITION.number(), null, 0, i);
                rig.serverDevices.getFirst().sendCommand(sent.command);
            }
            for (int i = 0; i < EmbeddedVdi.QUEUE_DEPTH; i++) {
                assertThat(rig.fetch().position()).isEqualTo(i);
            }
        }
    }

    @Test
    void outstandingCommandsMayBeCompletedInAnyOrderFromAnyThread() throws VdiException {
        try (Rig rig = Rig.active(1)) {
            Sent first = rig.write();
            Sent second = rig.control(CommandCode.GET_POSITION);
            Command write = rig.fetch();
            Command position = rig.fetch();
            Running<String> completing =
                    Rig.start(
                            "complete",
                            () -> {
                                rig.clientDevices.getFirst().completeCommand(position, 0, 0, 77);
                                return "done";
                            });
            completing.result();
            assertThat(second.code()).isZero();
            assertThat(second.command.outPosition()).isEqualTo(77);
            assertThat(first.calledBack).isNotDone();
            rig.complete(write, 0);
            assertThat(first.code()).isZero();
        }
    }

    @Test
    void aQueueThatWasFullTakesCommandsAgain() throws VdiException {
        try (Rig rig = Rig.active(1)) {
            Sent first = rig.control(CommandCode.FLUSH);
            for (int i = 1; i < EmbeddedVdi.QUEUE_DEPTH; i++) {
                rig.control(CommandCode.FLUSH);
            }
            Rig.assertStatus(VdiStatus.QUEUE_FULL, () -> rig.control(CommandCode.FLUSH));
            Command command = rig.fetch();
            Rig.assertStatus(VdiStatus.QUEUE_FULL, () -> rig.control(CommandCode.FLUSH));
            rig.complete(command, 0);
            assertThat(first.code()).isZero();
            rig.control(CommandCode.FLUSH);
        }
    }

    @Test
    void passesUnknownCommandsByNumber() throws VdiException {
        try (Rig rig = Rig.active(1)) {
            Sent sent = new Sent();
            rig.serverDevices.getFirst().sendCommand(sent.command.prepare(4711, null, 12, 34));
            Command command = rig.fetch();
            assertThat(command.code()).isEqualTo(CommandCode.UNKNOWN);
            assertThat(command.rawCode()).isEqualTo(4711);
            assertThat(command.size()).isEqualTo(12);
            assertThat(command.position()).isEqualTo(34);
        }
    }

    @Test
    void theHandshakeOfCompleteEndsABackup() throws VdiException {
        DeviceSetConfiguration request =
                DeviceSetConfiguration.request(1, Features.REQUEST_COMPLETE);
        try (Rig rig = new Rig(new EmbeddedVdi(), request).connect()) {
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
    void aRefusalSaysWhatWasTriedOnWhatAndWhatWasWrong() {
        Rig rig = new Rig(1);
        assertThatThrownBy(
                        () -> rig.client.create(null, "x", DeviceSetConfiguration.request(65, 0)))
                .hasMessage(
                        "CreateEx \"x\" failed: VD_E_NOTSUPPORTED (0x80770009): the configuration"
                                + " is invalid or not supported: deviceCount is 65, not 1 to 64");
    }

    @Test
    void oneNameIsOneSetUntilItsClientCloses() throws VdiException {
        try (Rig rig = new Rig(1).create();
                Rig other = rig.another()) {
            Rig.assertStatus(VdiStatus.PROTOCOL, other::create);
            assertThat(other.clientState()).isEqualTo(DeviceSetState.DOES_NOT_EXIST);
            rig.client.close();
            other.activate().useABuffer().finish();
        }
    }

    @Test
    void twoInstancesAreTwoNameSpaces() throws VdiException {
        try (Rig rig = new Rig(1).create();
                Rig other = new Rig(1)) {
            Rig.assertStatus(VdiStatus.INVALID, () -> other.server.open(null, "set"));
            other.activate();
            assertThat(rig.clientState()).isEqualTo(DeviceSetState.CONFIGURABLE);
        }
    }
}
