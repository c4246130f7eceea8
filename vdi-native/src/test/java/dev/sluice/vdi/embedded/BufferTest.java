package dev.sluice.vdi.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.embedded.Rig.Sent;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.SharedBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Shared buffers: alignment, prefix zones, sizes, and what is refused (vdi-facts sections B, H).
 */
class BufferTest {

    private static Rig rig(int prefixZone, int alignment) {
        DeviceSetConfiguration request =
                new DeviceSetConfiguration(1, 0, prefixZone, alignment, 0, 0, 0, 0, 0, 0, 0);
        return new Rig(new EmbeddedVdi(), request);
    }

    private static long address(ByteBuffer buffer) {
        return MemorySegment.ofBuffer(buffer).address();
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,8192,0", "100,0,0", "4096,16384,0", "5000,0,65536", "1,65536,0"})
    void dataIsAlignedAndThePrefixLiesDirectlyBeforeIt(int prefix, int alignment, int stricter)
            throws VdiException {
        try (Rig rig = rig(prefix, alignment).begin()) {
            rig.server.requestBuffers(8192, stricter, 5);
            rig.server.endConfiguration();
            rig.client.getConfiguration(0);
            rig.openAndStart();
            int expected = Math.max(Math.max(alignment, stricter), Rig.BLOCK);
            List<long[]> ranges = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ranges.add(check(rig, prefix, expected, stricter));
            }
            assertDisjoint(ranges);
        }
    }

    /** Sends one buffer through; returns the memory it occupies with its prefix. */
    private static long[] check(Rig rig, int prefix, int alignment, int stricter)
            throws VdiException {
        SharedBuffer buffer = rig.server.allocateBuffer(8192, stricter);
        assertThat(address(buffer.data()) % alignment).isZero();
        assertThat(buffer.data().capacity()).isEqualTo(8192);
        rig.serverDevices
                .getFirst()
                .sendCommand(new Sent().command.transfer(CommandCode.WRITE, buffer, 8192));
        Command command = rig.fetch();
        ByteBuffer zone = command.prefixZone();
        assertThat(zone.capacity()).isEqualTo(prefix);
        assertThat(address(command.buffer())).isEqualTo(address(buffer.data()));
        assertThat(address(zone) + prefix).isEqualTo(address(command.buffer()));
        while (zone.hasRemaining()) {
            zone.put((byte) 0x55);
        }
        return new long[] {address(buffer.data()) - prefix, address(buffer.data()) + 8192};
    }

    private static void assertDisjoint(List<long[]> ranges) {
        ranges.sort((a, b) -> Long.compare(a[0], b[0]));
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i)[0]).isGreaterThanOrEqualTo(ranges.get(i - 1)[1]);
        }
    }

    @Test
    void requestsAreSummedAndLaterOnesComeOnTop() throws VdiException {
        try (Rig rig = rig(0, 0).begin()) {
            rig.server.requestBuffers(Rig.TRANSFER, 0, 3);
            rig.server.requestBuffers(Rig.BLOCK, 0, 2);
            assertThat(rig.server.queryAvailableBuffers(Rig.BLOCK, 0)).isZero();
            rig.server.endConfiguration();
            assertThat(rig.server.queryAvailableBuffers(Rig.TRANSFER, 0)).isEqualTo(3);
            assertThat(rig.server.queryAvailableBuffers(Rig.BLOCK, 0)).isEqualTo(5);
            rig.server.requestBuffers(Rig.TRANSFER, 65536, 4);
            assertThat(rig.server.queryAvailableBuffers(Rig.TRANSFER, 0)).isEqualTo(7);
            assertThat(rig.server.queryAvailableBuffers(Rig.TRANSFER, 65536)).isEqualTo(4);
        }
    }

    @Test
    void aSmallBufferComesFromTheSmallOnesFirst() throws VdiException {
        try (Rig rig = rig(0, 0).begin()) {
            rig.server.requestBuffers(Rig.TRANSFER, 0, 1);
            rig.server.requestBuffers(Rig.BLOCK, 0, 1);
            rig.server.endConfiguration();
            rig.server.allocateBuffer(Rig.BLOCK, 0);
            assertThat(rig.server.queryAvailableBuffers(Rig.TRANSFER, 0)).isEqualTo(1);
            SharedBuffer fromLarge = rig.server.allocateBuffer(Rig.BLOCK, 0);
            assertThat(fromLarge.data().capacity()).isEqualTo(Rig.BLOCK);
            Rig.assertStatus(VdiStatus.MEMORY, () -> rig.server.allocateBuffer(Rig.BLOCK, 0));
        }
    }

    @Test
    void theServerMayAskForLessWhenItAskedForTooMuch() throws VdiException {
        try (Rig rig = rig(0, 0).begin()) {
            rig.server.requestBuffers(Rig.TRANSFER, 0, 40_000);
            Rig.assertStatus(VdiStatus.MEMORY, rig.server::endConfiguration);
            rig.server.requestBuffers(Rig.TRANSFER, 0, 4);
            rig.server.endConfiguration();
            assertThat(rig.server.queryAvailableBuffers(Rig.TRANSFER, 0)).isEqualTo(4);
        }
    }

    @Test
    void aFreedBufferIsRefusedUntilItIsAllocatedAgain() throws VdiException {
        try (Rig rig = new Rig(1).configure().hold()) {
            SharedBuffer buffer = rig.held();
            Rig.assertStatus(VdiStatus.INVALID, () -> rig.server.freeBuffer(buffer, 4096));
            rig.server.freeBuffer(buffer, Rig.TRANSFER);
            assertThatIllegalStateException().isThrownBy(buffer::data);
            Rig.assertStatus(VdiStatus.INVALID, () -> rig.server.freeBuffer(buffer, Rig.TRANSFER));
            assertThat(rig.hold().held()).isSameAs(buffer);
            assertThat(buffer.data().position()).isZero();
        }
    }

    @Test
    void aBufferInACommandCanNeitherBeFreedNorSentAgain() throws VdiException {
        try (Rig rig = Rig.active(1).hold()) {
            SharedBuffer buffer = rig.held();
            Sent first = new Sent();
            first.command.transfer(CommandCode.WRITE, buffer, Rig.TRANSFER);
            rig.serverDevices.getFirst().sendCommand(first.command);
            Rig.assertStatus(VdiStatus.INVALID, () -> rig.server.freeBuffer(buffer, Rig.TRANSFER));
            assertRefused(rig, buffer, Rig.TRANSFER);
            rig.complete(rig.fetch(), 0);
            assertThat(first.code()).isZero();
            rig.server.freeBuffer(buffer, Rig.TRANSFER);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-4096", "1000", "69632"})
    void aTransferIsWholeBlocksWithinTheBuffer(int size) throws VdiException {
        try (Rig rig = Rig.active(1).hold()) {
            assertRefused(rig, rig.held(), size);
        }
    }

    private static void assertRefused(Rig rig, SharedBuffer buffer, int size) {
        Sent sent = new Sent();
        sent.command.transfer(CommandCode.WRITE, buffer, size);
        Rig.assertStatus(
                VdiStatus.INVALID, () -> rig.serverDevices.getFirst().sendCommand(sent.command));
        assertThat(sent.code()).isEqualTo(87);
    }

    @Test
    void aShortTransferLimitsTheClientsBuffer() throws VdiException {
        try (Rig rig = Rig.active(1).hold()) {
            Sent sent = new Sent();
            sent.command.transfer(CommandCode.WRITE, rig.held(), Rig.BLOCK);
            rig.serverDevices.getFirst().sendCommand(sent.command);
            Command command = rig.fetch();
            assertThat(command.buffer().remaining()).isEqualTo(Rig.BLOCK);
            command.buffer().position(17);
            Rig.assertStatus(
                    VdiStatus.INVALID,
                    () ->
                            rig.clientDevices
                                    .getFirst()
                                    .completeCommand(command, 0, Rig.BLOCK + 1, 0));
            rig.complete(command, 0);
            assertThat(sent.code()).isZero();
        }
    }

    @Test
    void aCompletedCommandGivesNoBuffer() throws VdiException {
        try (Rig rig = Rig.active(1)) {
            rig.write();
            Command command = rig.fetch();
            rig.complete(command, 0);
            assertThatIllegalStateException().isThrownBy(command::buffer);
            assertThatIllegalStateException().isThrownBy(command::prefixZone);
            Rig.assertStatus(VdiStatus.INVALID, () -> rig.complete(command, 0));
        }
    }

    @Test
    void aCommandOfAClosedSetGivesNoBuffer() throws VdiException {
        try (Rig rig = Rig.active(1)) {
            rig.write();
            Command command = rig.fetch();
            rig.client.signalAbort();
            assertThat(command.buffer().isDirect()).isTrue();
            rig.client.close();
            assertThatIllegalStateException().isThrownBy(command::buffer);
        }
    }

    @Test
    void aControlCommandHasNoBuffer() throws VdiException {
        try (Rig rig = Rig.active(1)) {
            rig.control(CommandCode.FLUSH);
            Command command = rig.fetch();
            assertThat(command.bufferId()).isEqualTo(-1);
            assertThatIllegalStateException().isThrownBy(command::buffer);
        }
    }

    @Test
    void knowsItsOwnMemory() throws VdiException {
        try (Rig rig = Rig.active(1)) {
            ByteBuffer clients = rig.useABuffer().usedBuffer();
            assertThat(rig.server.isSharedBuffer(clients)).isTrue();
            assertThat(rig.server.isSharedBuffer(rig.hold().held().data())).isTrue();
            assertThat(rig.server.isSharedBuffer(ByteBuffer.allocateDirect(8))).isFalse();
            assertThat(rig.server.isSharedBuffer(ByteBuffer.allocate(8))).isFalse();
        }
    }

    @Test
    void theSameMemoryIsTheSameObjectForTheClient() throws VdiException {
        try (Rig rig = Rig.active(1)) {
            SharedBuffer buffer = rig.hold().held();
            Set<ByteBuffer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            for (int i = 0; i < 200; i++) {
                Sent sent = new Sent();
                sent.command.transfer(CommandCode.WRITE, buffer, Rig.TRANSFER);
                rig.serverDevices.getFirst().sendCommand(sent.command);
                Command command = rig.fetch();
                seen.add(command.buffer());
                rig.complete(command, 0);
                assertThat(sent.code()).isZero();
            }
            assertThat(seen).hasSize(1);
        }
    }
}
