package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

/** Secondary clients and buffer handles in one process (vdi-facts B.2). */
class SecondaryTest extends Conformance {

    @Test
    void aSecondaryFindsTheSetOnlyOnceItIsConfigured() throws VdiException {
        try (Rig rig = rig(1).begin()) {
            Rig.assertStatus(VdiStatus.PROTOCOL, rig::secondary);
            rig.server.requestBuffers(Rig.TRANSFER, 0, Rig.BUFFERS);
            rig.server.endConfiguration();
            assertThat(rig.client.getConfiguration(0)).isNotNull();
            assertThat(rig.secondary().getConfiguration(0)).isNotNull();
        }
    }

    @Test
    void aSecondaryWorksOnADeviceOfItsOwn() throws VdiException {
        try (Rig rig = rig(2).configure()) {
            ClientDeviceSet second = rig.secondary();
            rig.serverDevices.add(rig.server.openDevice(rig.deviceName(0)));
            rig.serverDevices.add(rig.server.openDevice(rig.deviceName(1)));
            rig.openClientDevice(rig.deviceName(0));
            ClientDevice own = second.openDevice(rig.deviceName(1));
            rig.clientDevices.add(own);
            rig.startAgent();
            Rig.assertStatus(VdiStatus.OPEN, () -> second.openDevice(rig.deviceName(0)));

            Sent first = rig.write(0);
            Sent other = rig.write(1);
            rig.complete(rig.fetch(1), 0);
            assertThat(other.code()).isZero();
            assertThat(first.calledBack).isNotDone();
            rig.complete(rig.fetch(0), 0);
            assertThat(first.code()).isZero();
            rig.finish();
            second.close();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    @Test
    void aHandleLeadsBothClientsToTheSameMemory() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            ClientDeviceSet second = rig.secondary();
            Sent sent = rig.write();
            Command command = rig.fetch();
            ByteBuffer own = command.buffer();
            own.putInt(0, 7);
            int handle = rig.client.getBufferHandle(own);
            ByteBuffer mapped = second.mapBufferHandle(handle, own.capacity());
            assertThat(mapped.capacity()).isEqualTo(own.capacity());
            assertThat(mapped.getInt(0)).isEqualTo(7);
            mapped.putInt(4, 8);
            assertThat(own.getInt(4)).isEqualTo(8);
            rig.complete(command, 0);
            assertThat(sent.code()).isZero();
        }
    }

    @Test
    void aMappedBufferLivesUntilTheCloseOfItsOwnClient() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            ClientDeviceSet second = rig.secondary();
            rig.write();
            Command command = rig.fetch();
            ByteBuffer own = command.buffer();
            int handle = rig.client.getBufferHandle(own);
            ByteBuffer mapped = second.mapBufferHandle(handle, Rig.BLOCK);
            own.putInt(0, 9);
            second.close();
            assertThatIllegalStateException().isThrownBy(() -> mapped.getInt(0));
            assertThat(own.getInt(0)).isEqualTo(9);
        }
    }

    @Test
    void twoBuffersHaveTwoHandlesAndOneBufferKeepsItsOwn() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            rig.write();
            rig.write();
            ByteBuffer first = rig.fetch().buffer();
            ByteBuffer second = rig.fetch().buffer();
            int handle = rig.client.getBufferHandle(first);
            assertThat(rig.client.getBufferHandle(second)).isNotEqualTo(handle);
            assertThat(rig.client.getBufferHandle(first)).isEqualTo(handle);
        }
    }

    @Test
    void handlesNobodyGaveOutAndMemoryOfOthersAreRefused() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            for (int handle : new int[] {-1, 12_345, Integer.MIN_VALUE}) {
                Rig.assertStatus(
                        VdiStatus.INVALID, () -> rig.client.mapBufferHandle(handle, Rig.BLOCK));
            }
            Rig.assertStatus(
                    VdiStatus.INVALID,
                    () -> rig.client.getBufferHandle(ByteBuffer.allocateDirect(Rig.BLOCK)));
            Rig.assertStatus(
                    VdiStatus.INVALID,
                    () -> rig.client.getBufferHandle(ByteBuffer.allocate(Rig.BLOCK)));
        }
    }
}
