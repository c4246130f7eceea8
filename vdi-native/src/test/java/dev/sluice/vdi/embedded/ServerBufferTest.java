package dev.sluice.vdi.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.EmbeddedEnds;
import dev.sluice.vdi.conformance.Rig;
import dev.sluice.vdi.conformance.Sent;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.SharedBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;

/** How the embedded server hands out shared buffers, and what it refuses (vdi-facts B, H). */
class ServerBufferTest {

    private static Rig rig(int devices) {
        return new EmbeddedEnds(new EmbeddedVdi()).rig(devices);
    }

    @Test
    void requestsAreSummedAndLaterOnesComeOnTop() throws VdiException {
        try (Rig rig = rig(1).begin()) {
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
        try (Rig rig = rig(1).begin()) {
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
        try (Rig rig = rig(1).begin()) {
            rig.server.requestBuffers(Rig.TRANSFER, 0, 40_000);
            Rig.assertStatus(VdiStatus.MEMORY, rig.server::endConfiguration);
            rig.server.requestBuffers(Rig.TRANSFER, 0, 4);
            rig.server.endConfiguration();
            assertThat(rig.server.queryAvailableBuffers(Rig.TRANSFER, 0)).isEqualTo(4);
        }
    }

    @Test
    void aFreedBufferIsRefusedUntilItIsAllocatedAgain() throws VdiException {
        try (Rig rig = rig(1).configure().hold()) {
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
        try (Rig rig = rig(1).activate().hold()) {
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
        try (Rig rig = rig(1).activate().hold()) {
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
    void knowsItsOwnMemory() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            ByteBuffer clients = rig.useABuffer().usedBuffer();
            assertThat(rig.server.isSharedBuffer(clients)).isTrue();
            assertThat(rig.server.isSharedBuffer(rig.hold().held().data())).isTrue();
            assertThat(rig.server.isSharedBuffer(ByteBuffer.allocateDirect(8))).isFalse();
            assertThat(rig.server.isSharedBuffer(ByteBuffer.allocate(8))).isFalse();
        }
    }
}
