package dev.sluice.vdi.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.DeviceSetObservation.Holder;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.EmbeddedEnds;
import dev.sluice.vdi.conformance.Rig;
import dev.sluice.vdi.conformance.Sent;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** What is special about the embedded set; what all providers do is in the conformance suite. */
class EmbeddedVdiTest {

    private static Rig rig() {
        return new EmbeddedEnds(new EmbeddedVdi()).rig(1);
    }

    @Test
    void bothEndsSeeTheSameMemoryUnderTheSameNumber() throws VdiException {
        try (Rig rig = rig().activate().hold()) {
            rig.held().data().putLong(0, 42);
            rig.serverDevices
                    .getFirst()
                    .sendCommand(
                            new Sent()
                                    .command.transfer(CommandCode.WRITE, rig.held(), Rig.TRANSFER));
            Command command = rig.fetch();
            assertThat(command.bufferId()).isEqualTo(rig.held().id());
            assertThat(rig.server.isSharedBuffer(command.buffer())).isTrue();
            command.buffer().putLong(0, 43);
            assertThat(rig.held().data().getLong(0)).isEqualTo(43);
        }
    }

    @Test
    void showsWhoHoldsEachBuffer() throws VdiException {
        try (Rig rig = rig().activate()) {
            DeviceSetObservation look = rig.client.observe().orElseThrow();
            assertThat(look.bufferCount()).isEqualTo(Rig.BUFFERS);
            assertThat(look.holder(0)).isEqualTo(Holder.FREE);

            Sent sent = rig.write();
            int id = Objects.requireNonNull(sent.command.buffer()).id();
            assertThat(look.holder(id)).isEqualTo(Holder.QUEUED);
            assertThat(look.device(id)).isEqualTo(DeviceSetObservation.UNKNOWN);
            assertThat(look.queued(0)).isEqualTo(1);

            Command command = rig.fetch();
            assertThat(look.holder(id)).isEqualTo(Holder.CLIENT);
            assertThat(look.device(id)).isZero();
            assertThat(look.outstanding()).isEqualTo(1);
            assertThat(look.queued(0)).isZero();

            rig.complete(command, 0);
            assertThat(look.holder(id)).isEqualTo(Holder.SERVER);
            assertThat(look.outstanding()).isZero();
            rig.server.freeBuffer(Objects.requireNonNull(sent.command.buffer()), Rig.TRANSFER);
            assertThat(look.holder(id)).isEqualTo(Holder.FREE);
        }
    }

    @Test
    void aHandleIsMappedForAsManyBytesAsTheBufferHas() throws VdiException {
        try (Rig rig = rig().activate().useABuffer()) {
            int handle = rig.client.getBufferHandle(rig.usedBuffer());
            assertThat(rig.client.mapBufferHandle(handle, Rig.BLOCK).capacity())
                    .isEqualTo(Rig.BLOCK);
            for (int size : List.of(0, -1, Rig.TRANSFER + 1)) {
                Rig.assertStatus(VdiStatus.INVALID, () -> rig.client.mapBufferHandle(handle, size));
            }
        }
    }

    @Test
    void aClosedClientsBuffersRefuseAccessWhileTheServersLive() throws VdiException {
        try (Rig rig = rig().activate()) {
            Sent sent = rig.write();
            Command command = rig.fetch();
            ByteBuffer kept = command.buffer();
            rig.complete(command, 0);
            assertThat(sent.code()).isZero();
            rig.finish().client.close();

            assertThatThrownBy(() -> kept.get(0)).isInstanceOf(IllegalStateException.class);
            ByteBuffer servers = Objects.requireNonNull(sent.command.buffer()).data();
            servers.putInt(0, 1);
            rig.server.close();
            assertThatThrownBy(() -> servers.getInt(0)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aRefusalSaysWhatWasTriedOnWhatAndWhatWasWrong() {
        assertThatThrownBy(
                        () -> rig().client.create(null, "x", DeviceSetConfiguration.request(65, 0)))
                .hasMessage(
                        "CreateEx \"x\" failed: VD_E_NOTSUPPORTED (0x80770009): the configuration"
                                + " is invalid or not supported: deviceCount is 65, not 1 to 64");
    }

    @Test
    void twoInstancesAreTwoNameSpaces() throws VdiException {
        try (Rig rig = rig().create();
                Rig other = rig()) {
            Rig.assertStatus(VdiStatus.INVALID, () -> other.server.open(null, rig.name));
            assertThat(other.name).isEqualTo(rig.name);
            other.activate();
            assertThat(States.client(rig)).isEqualTo(DeviceSetState.CONFIGURABLE);
        }
    }
}
