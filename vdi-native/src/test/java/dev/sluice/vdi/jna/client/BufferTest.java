package dev.sluice.vdi.jna.client;

import static dev.sluice.vdi.conformance.Rig.assertStatus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.DeviceSetObservation.Holder;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Shared buffers: the library's own memory, one view for each. */
class BufferTest {

    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static Command fetch(Client client, int size, long buffer) throws VdiException {
        client.server().send(0, CommandCode.READ.number(), size, 0, buffer);
        return Objects.requireNonNull(client.device().getCommand(-1));
    }

    private static void complete(Client client, Command command) throws VdiException {
        client.device().completeCommand(command, 0, 0, 0);
    }

    @Test
    void aBufferIsTheMemoryItself() throws VdiException {
        try (Client client = Client.active(1)) {
            long address = client.server().buffer(Client.SIZE);
            Command read = fetch(client, Client.SIZE, address);
            assertThat(read.buffer().isDirect()).isTrue();
            read.buffer().put(100, (byte) 42);
            assertThat(MEMORY.get(ValueLayout.JAVA_BYTE, address + 100)).isEqualTo((byte) 42);
            read.prefixZone().put(0, (byte) 43);
            long prefix = address - ScriptedBinding.PREFIX;
            assertThat(MEMORY.get(ValueLayout.JAVA_BYTE, prefix)).isEqualTo((byte) 43);
            complete(client, read);
        }
    }

    @Test
    void aBufferComesAgainAsTheSameObjectWithPositionZeroAndTheCommandsSizeAsLimit()
            throws VdiException {
        try (Client client = Client.active(1)) {
            long address = client.server().buffer(Client.SIZE);
            Command first = fetch(client, Client.SIZE, address);
            ByteBuffer buffer = first.buffer();
            buffer.position(100).limit(200);
            complete(client, first);
            Command second = fetch(client, 512, address);
            assertThat(second.buffer()).isSameAs(buffer);
            assertThat(buffer.position()).isZero();
            assertThat(buffer.limit()).isEqualTo(512);
            complete(client, second);
        }
    }

    @Test
    void aBufferIsAsLargeAsTheLargestCommandThatCarriedIt() throws VdiException {
        try (Client client = Client.active(1)) {
            long address = client.server().buffer(Client.SIZE);
            Command small = fetch(client, 512, address);
            assertThat(small.buffer().capacity()).isEqualTo(512);
            int id = small.bufferId();
            complete(client, small);
            Command large = fetch(client, Client.SIZE, address);
            assertThat(large.buffer().capacity()).isEqualTo(Client.SIZE);
            assertThat(large.bufferId()).isEqualTo(id);
            complete(client, large);
        }
    }

    @Test
    void buffersAreNumberedInTheOrderTheyAppearAcrossDevices() throws VdiException {
        try (Client client = Client.active(2)) {
            for (int i = 0; i < 100; i++) {
                Command command = client.fetchWrite(i % 2, client.server().buffer(Client.SIZE));
                assertThat(command.bufferId()).isEqualTo(i);
                client.devices.get(i % 2).completeCommand(command, 0, 0, 0);
            }
            assertThat(client.set.observe().orElseThrow().bufferCount()).isEqualTo(100);
        }
    }

    @Test
    void aLookTellsWhoHoldsABufferButNotHowLongTheQueuesAre() throws VdiException {
        try (Client client = Client.active(1)) {
            DeviceSetObservation look = client.set.observe().orElseThrow();
            assertThat(look.bufferCount()).isZero();
            Command first = client.fetchWrite();
            Command second = client.fetchWrite();
            assertThat(look.outstanding()).isEqualTo(2);
            client.complete(first);
            assertThat(look.bufferCount()).isEqualTo(2);
            assertThat(look.outstanding()).isEqualTo(1);
            assertThat(look.holder(0)).isEqualTo(Holder.SERVER);
            assertThat(look.holder(1)).isEqualTo(Holder.CLIENT);
            assertThat(look.queued(0)).isEqualTo(DeviceSetObservation.UNKNOWN);
            client.complete(second);
        }
    }

    @Test
    void aBufferThatComesAgainBeforeItsCompletionReturnsIsHeld() throws VdiException {
        try (Client client = Client.active(2)) {
            long address = client.server().buffer(Client.SIZE);
            Command first = client.fetchWrite(0, address);
            List<Command> again = new ArrayList<>();
            client.server().whenCompleted =
                    () ->
                            assertStatus(
                                    VdiStatus.NOERROR,
                                    () -> again.add(client.fetchWrite(1, address)));
            client.complete(first);
            client.server().whenCompleted = () -> {};
            DeviceSetObservation look = client.set.observe().orElseThrow();
            assertThat(look.holder(0)).isEqualTo(Holder.CLIENT);
            assertThat(look.device(0)).as("the device it came by last").isEqualTo(1);
            client.devices.getLast().completeCommand(again.getFirst(), 0, 0, 0);
        }
    }

    @Test
    void aHandleStandsForTheWholeBufferWhereverItsPositionIs() throws VdiException {
        try (Client client = Client.active(1)) {
            Command read = fetch(client, Client.SIZE, client.server().buffer(Client.SIZE));
            int handle = client.set.getBufferHandle(read.buffer());
            assertThat(client.set.getBufferHandle(read.buffer().position(100))).isEqualTo(handle);
            ByteBuffer mapped = client.set.mapBufferHandle(handle, 1000);
            assertThat(mapped.remaining()).isEqualTo(1000);
            assertThat(mapped.capacity()).isEqualTo(1000);
            mapped.put(3, (byte) 9);
            assertThat(read.buffer().get(3)).isEqualTo((byte) 9);
            complete(client, read);
        }
    }

    @Test
    void aBufferOfTheHeapHasNoHandleAndAMappingNeedsASize() throws VdiException {
        try (Client client = Client.active(1)) {
            assertStatus(
                    VdiStatus.INVALID, () -> client.set.getBufferHandle(ByteBuffer.allocate(8)));
            assertStatus(VdiStatus.INVALID, () -> client.set.mapBufferHandle(0, 0));
            assertStatus(VdiStatus.INVALID, () -> client.set.mapBufferHandle(4711, 1));
        }
    }
}
