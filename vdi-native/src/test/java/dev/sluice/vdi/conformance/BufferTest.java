package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.VdiException;
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
class BufferTest extends Conformance {

    private Rig rig(int prefixZone, int alignment) {
        DeviceSetConfiguration request =
                new DeviceSetConfiguration(1, 0, prefixZone, alignment, 0, 0, 0, 0, 0, 0, 0);
        return rig(request);
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
        buffer.data().putLong(0, 42);
        assertThat(buffer.data().capacity()).isEqualTo(8192);
        rig.serverDevices
                .getFirst()
                .sendCommand(new Sent().command.transfer(CommandCode.WRITE, buffer, 8192));
        Command command = rig.fetch();
        ByteBuffer zone = command.prefixZone();
        assertThat(zone.capacity()).isEqualTo(prefix);
        long data = address(command.buffer());
        assertThat(data % alignment).isZero();
        assertThat(command.buffer().getLong(0)).isEqualTo(42);
        assertThat(address(zone) + prefix).isEqualTo(data);
        while (zone.hasRemaining()) {
            zone.put((byte) 0x55);
        }
        return new long[] {data - prefix, data + 8192};
    }

    private static void assertDisjoint(List<long[]> ranges) {
        ranges.sort((a, b) -> Long.compare(a[0], b[0]));
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i)[0]).isGreaterThanOrEqualTo(ranges.get(i - 1)[1]);
        }
    }

    @Test
    void aShortTransferLimitsTheClientsBuffer() throws VdiException {
        try (Rig rig = rig(1).activate().hold()) {
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
        try (Rig rig = rig(1).activate()) {
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
        try (Rig rig = rig(1).activate()) {
            rig.write();
            Command command = rig.fetch();
            rig.client.signalAbort();
            assertThat(command.buffer().isDirect()).isTrue();
            rig.closeClient();
            assertThatIllegalStateException().isThrownBy(command::buffer);
        }
    }

    @Test
    void aControlCommandHasNoBuffer() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            rig.control(CommandCode.FLUSH);
            Command command = rig.fetch();
            assertThat(command.bufferId()).isEqualTo(-1);
            assertThatIllegalStateException().isThrownBy(command::buffer);
        }
    }

    @Test
    void theSameMemoryIsTheSameObjectForTheClient() throws VdiException {
        try (Rig rig = rig(1).activate()) {
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

    @Test
    void aLookTellsByWhichDeviceTheClientHoldsABuffer() throws VdiException {
        try (Rig rig = rig(2).activate()) {
            rig.write(1);
            Command second = rig.fetch(1);
            rig.write(0);
            Command first = rig.fetch(0);
            DeviceSetObservation look = rig.look();
            assertThat(look.device(second.bufferId())).isEqualTo(1);
            assertThat(look.device(first.bufferId())).isZero();
            int given = second.bufferId();
            rig.complete(second, 0);
            assertThat(look.device(given)).isEqualTo(DeviceSetObservation.UNKNOWN);
            assertThat(look.device(first.bufferId())).isZero();
        }
    }

    @Test
    void anAbortLeavesABufferWithItsDeviceUntilItIsGivenBack() throws VdiException {
        try (Rig rig = rig(2).activate()) {
            rig.write(1);
            Command held = rig.fetch(1);
            int id = held.bufferId();
            rig.client.signalAbort();
            assertThat(rig.look().device(id)).isEqualTo(1);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.complete(held, 0));
            assertThat(rig.look().device(id)).isEqualTo(DeviceSetObservation.UNKNOWN);
        }
    }
}
