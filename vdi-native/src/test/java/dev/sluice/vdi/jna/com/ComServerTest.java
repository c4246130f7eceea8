package dev.sluice.vdi.jna.com;

import static dev.sluice.vdi.conformance.Rig.assertStatus;
import static dev.sluice.vdi.conformance.Rig.statusOf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.Ends;
import dev.sluice.vdi.conformance.NativeEnds;
import dev.sluice.vdi.conformance.Rig;
import dev.sluice.vdi.conformance.Running;
import dev.sluice.vdi.conformance.Sent;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.NativeDouble;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.SharedBuffer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** What is COM's own about the server, against the double with the real vtables. */
class ComServerTest {

    private final NativeDouble vdi = NativeDouble.com();
    private final DoubleControl control = vdi.control();
    private final Ends ends = new NativeEnds(vdi);

    @AfterEach
    void nothingIsBrokenAndNothingIsLeft() {
        ends.close();
        assertThat(control.counter("devices_dropped_at_close")).isZero();
    }

    @Test
    void aLibraryThatRefusesIsToldWithItsNumber() {
        control.failNext("CoCreateInstance", 0x80040111);
        ServerDeviceSet server = vdi.newServerDeviceSet();
        assertThatThrownBy(() -> server.open(null, "set"))
                .isInstanceOf(VdiException.class)
                .hasMessageContaining("server device set")
                .hasMessageContaining("CLASS_E_CLASSNOTAVAILABLE");
        assertStatus(VdiStatus.PROTOCOL, server::close);
    }

    @Test
    void aSetThatIsNotThereLeavesNothing() {
        ServerDeviceSet server = vdi.newServerDeviceSet();
        assertStatus(VdiStatus.INVALID, () -> server.open(null, "nobody's"));
        assertStatus(VdiStatus.INVALID, () -> server.open(null, "a\0b"));
        assertStatus(VdiStatus.INSTANCE_NAME, () -> server.open("HOST\\INSTANCE", "set"));
        assertStatus(VdiStatus.PROTOCOL, server::getConfiguration);
    }

    @Test
    void routinesRunOnTheThreadThatWasLent() throws VdiException {
        Rig rig = ends.rig(1).activate();
        Sent sent = rig.write();
        rig.complete(rig.fetch(), 0);
        assertThat(sent.code()).isZero();
        assertThat(sent.calledBack.join()).isSameAs(rig.agent().thread);
        rig.finish();
        assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
    }

    /** A send that stays inside the library for a while. */
    private Running<VdiStatus> sendSlowly(Rig rig, Sent sent) {
        control.delay("Server.SendCommand", 300);
        ServerDevice device = rig.serverDevices.getFirst();
        ServerCommand flush = sent.command.control(CommandCode.FLUSH);
        return Running.start("send", () -> statusOf(() -> device.sendCommand(flush)))
                .untilBlocked();
    }

    @Test
    void closeWaitsForASendThatIsInside() throws VdiException {
        try (Rig rig = ends.rig(1).activate()) {
            Sent sent = new Sent();
            Running<VdiStatus> sending = sendSlowly(rig, sent);
            assertStatus(VdiStatus.PROTOCOL, rig.server::close);
            assertThat(sending.result()).isEqualTo(VdiStatus.ABORT);
            assertThat(sent.code()).isEqualTo(995);
        }
    }

    @Test
    void abort16_aSendTheAbortMeetsInsideIsCalledBackOnItsOwnThread() throws VdiException {
        try (Rig rig = ends.rig(1).activate()) {
            Sent sent = new Sent();
            Running<VdiStatus> sending = sendSlowly(rig, sent);
            rig.abort();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            assertThat(sending.result()).isEqualTo(VdiStatus.ABORT);
            assertThat(sent.code()).isEqualTo(995);
            assertThat(sent.calledBack.join()).isSameAs(sending.thread);
        }
    }

    @Test
    void aFullQueueIsKnownByTheCodeOfTheRoutineThatRanOnTheSendersThread() throws VdiException {
        control.setQueueDepth(1);
        Rig rig = ends.rig(1).activate();
        Sent first = rig.write();
        SharedBuffer buffer = rig.server.allocateBuffer(Rig.TRANSFER, 0);
        Sent second = new Sent();
        assertStatus(VdiStatus.QUEUE_FULL, () -> send(rig, second, buffer));
        assertThat(second.code()).isEqualTo(1450);
        assertThat(second.calledBack.join()).isSameAs(Thread.currentThread());
        rig.complete(rig.fetch(), 0);
        assertThat(first.code()).isZero();
        // the buffer came back with the refusal
        Sent again = new Sent();
        send(rig, again, buffer);
        rig.complete(rig.fetch(), 0);
        assertThat(again.code()).isZero();
        rig.finish();
    }

    private static void send(Rig rig, Sent sent, SharedBuffer buffer) throws VdiException {
        rig.serverDevices
                .getFirst()
                .sendCommand(sent.command.transfer(CommandCode.WRITE, buffer, Rig.TRANSFER));
    }

    @Test
    void aNumberOfTheLibraryThatNobodyPublishedIsPassedOn() throws VdiException {
        Rig rig = ends.rig(1).activate();
        control.failNext("Server.SendCommand", 0x80770F0F);
        Sent sent = new Sent();
        ServerDevice device = rig.serverDevices.getFirst();
        assertThatThrownBy(() -> device.sendCommand(sent.command.control(CommandCode.FLUSH)))
                .isInstanceOf(VdiException.class)
                .hasMessageContaining("0x80770F0F");
        assertThat(sent.code()).isEqualTo(6);
        rig.finish();
    }

    @Test
    void aBufferOfAnotherSetFreedOrSentAlreadyIsRefusedWithItsRoutineRun() throws VdiException {
        Rig rig = ends.rig(1).activate();
        Rig other = ends.rig(1).activate();
        SharedBuffer foreign = other.server.allocateBuffer(Rig.TRANSFER, 0);
        assertRefused(rig, foreign, Rig.TRANSFER);
        assertStatus(VdiStatus.INVALID, () -> rig.server.freeBuffer(foreign, Rig.TRANSFER));

        SharedBuffer own = rig.server.allocateBuffer(Rig.TRANSFER, 0);
        assertRefused(rig, own, Rig.TRANSFER + Rig.BLOCK);
        assertRefused(rig, own, Rig.BLOCK - 1);
        assertRefused(rig, own, 0);
        Sent sent = new Sent();
        send(rig, sent, own);
        assertRefused(rig, own, Rig.TRANSFER);
        untold(
                "Server.FreeBuffer",
                VdiStatus.INVALID,
                () -> rig.server.freeBuffer(own, Rig.TRANSFER));
        rig.complete(rig.fetch(), 0);
        assertThat(sent.code()).isZero();

        assertStatus(VdiStatus.INVALID, () -> rig.server.freeBuffer(own, Rig.BLOCK));
        rig.server.freeBuffer(own, Rig.TRANSFER);
        assertRefused(rig, own, Rig.TRANSFER);
        assertThatThrownBy(own::data).isInstanceOf(IllegalStateException.class);
        rig.finish();
        other.finish();
    }

    /** What this library would refuse, too, must not depend on it: it is not asked. */
    private void untold(String function, VdiStatus refusal, Rig.Call call) {
        control.fail(function, 1, -1, VdiStatus.UNEXPECTED.hresult());
        assertStatus(refusal, call);
        control.fail(function, 1, 0, 0);
    }

    @Test
    void aDeviceWithCommandsUnderWayIsNotClosed() throws VdiException {
        Rig rig = ends.rig(1).activate();
        Sent sent = rig.write();
        ServerDevice device = rig.serverDevices.getFirst();
        untold("Server.CloseDevice", VdiStatus.BUSY, device::closeDevice);
        rig.complete(rig.fetch(), 0);
        assertThat(sent.code()).isZero();
        rig.finish();
    }

    private static void assertRefused(Rig rig, SharedBuffer buffer, int size) {
        Sent sent = new Sent();
        ServerCommand command = sent.command.transfer(CommandCode.WRITE, buffer, size);
        assertStatus(VdiStatus.INVALID, () -> rig.serverDevices.getFirst().sendCommand(command));
        assertThat(sent.code()).isEqualTo(87);
    }

    @Test
    void memoryOfTheSetIsKnownUntilCloseAndDeadAfterwards() throws VdiException {
        Rig rig = ends.rig(1).activate();
        SharedBuffer buffer = rig.server.allocateBuffer(Rig.TRANSFER, 0);
        ByteBuffer kept = buffer.data();
        assertThat(kept.capacity()).isEqualTo(Rig.TRANSFER);
        assertThat(rig.server.isSharedBuffer(kept)).isTrue();
        assertThat(rig.server.isSharedBuffer(ByteBuffer.allocateDirect(16))).isFalse();
        assertThat(rig.server.isSharedBuffer(ByteBuffer.allocate(16))).isFalse();
        rig.finish();
        rig.server.close();
        assertThatThrownBy(() -> kept.put(0, (byte) 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(buffer::data)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(rig.server.isSharedBuffer(kept)).isFalse();
    }

    @Test
    void aStricterAlignmentIsKeptBufferByBufferSinceTheSetIsToldTheBlockSizeTwice()
            throws VdiException {
        int block = 512;
        int alignment = 8192;
        DeviceSetConfiguration request =
                new DeviceSetConfiguration(1, 0, 0, alignment, 0, 0, 0, 0, 0, 0, 0);
        Rig rig = ends.rig(request).connect();
        rig.server.beginConfiguration(
                new ServerConfiguration(Features.WRITE_MEDIA, 0, block, Rig.TRANSFER, 0));
        rig.server.requestBuffers(Rig.TRANSFER, 0, 3);
        rig.server.endConfiguration();
        assertThat(Objects.requireNonNull(rig.client.getConfiguration(0)).blockSize())
                .isEqualTo(block);
        assertThat(rig.server.queryAvailableBuffers(Rig.TRANSFER, 0)).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            ByteBuffer data = rig.server.allocateBuffer(Rig.TRANSFER, 0).data();
            assertThat(MemorySegment.ofBuffer(data).address() % alignment).isZero();
        }
        assertStatus(VdiStatus.MEMORY, () -> rig.server.allocateBuffer(Rig.TRANSFER, 0));
    }

    @Test
    void aRoutineThatThrowsAbortsTheSetAndTheAgentsCallThrowsIt() throws VdiException {
        Rig rig = ends.rig(1).activate();
        IllegalStateException thrown = new IllegalStateException("in the routine");
        ServerCommand failing =
                new ServerCommand(
                        done -> {
                            throw thrown;
                        });
        rig.serverDevices.getFirst().sendCommand(failing.control(CommandCode.FLUSH));
        Sent other = rig.write();
        rig.complete(rig.fetch(), 0);
        assertThat(rig.agent().failure()).isSameAs(thrown);
        assertThat(other.code()).isEqualTo(995);
        assertStatus(VdiStatus.ABORT, () -> rig.server.getConfiguration());
    }

    @Test
    void anAgentThatTheLibraryRefusesStillHasEveryRoutineRunAndAbortsTheSet() throws VdiException {
        Rig rig = ends.rig(1).configure();
        ServerDevice device = rig.server.openDevice(rig.name);
        control.failNext("Server.ExecuteCompletionAgent", VdiStatus.MEMORY.hresult());
        Sent sent = new Sent();
        assertStatus(
                VdiStatus.MEMORY,
                () ->
                        rig.server.executeCompletionAgent(
                                () -> {
                                    try {
                                        device.sendCommand(sent.command.control(CommandCode.FLUSH));
                                    } catch (VdiException e) {
                                        throw new AssertionError(e);
                                    }
                                }));
        assertThat(sent.code()).isEqualTo(995);
        assertStatus(VdiStatus.ABORT, () -> rig.client.getConfiguration(0));
    }

    @Test
    void whenRunningDoesNotRunForAnAgentThatIsRefused() throws VdiException {
        Rig rig = ends.rig(1).connect();
        Runnable never =
                () -> {
                    throw new AssertionError("it ran");
                };
        assertStatus(VdiStatus.PROTOCOL, () -> rig.server.executeCompletionAgent(never));
        rig.server.signalAbort();
        assertStatus(VdiStatus.ABORT, () -> rig.server.executeCompletionAgent(never));
        Rig active = ends.rig(1).activate();
        assertStatus(VdiStatus.PROTOCOL, () -> active.server.executeCompletionAgent(never));
        active.finish();
    }

    @Test
    void threadsOfSingleThreadedApartmentsServeAndSend() throws VdiException {
        Rig rig = ends.rig(1).configure();
        ServerDevice device = rig.server.openDevice(rig.name);
        rig.clientDevices.add(rig.client.openDevice(rig.name));
        CountDownLatch running = new CountDownLatch(1);
        Running<VdiStatus> agent =
                Running.start(
                        "agent",
                        () -> {
                            control.foreignApartment(true);
                            try {
                                return statusOf(
                                        () ->
                                                rig.server.executeCompletionAgent(
                                                        running::countDown));
                            } finally {
                                control.foreignApartment(false);
                            }
                        });
        Running.await(running);
        Sent sent = new Sent();
        Running<VdiStatus> sender =
                Running.start(
                        "sender",
                        () -> {
                            control.foreignApartment(true);
                            try {
                                return statusOf(
                                        () ->
                                                device.sendCommand(
                                                        sent.command.control(CommandCode.FLUSH)));
                            } finally {
                                control.foreignApartment(false);
                            }
                        });
        assertThat(sender.result()).isEqualTo(VdiStatus.NOERROR);
        rig.complete(rig.fetch(), 0);
        assertThat(sent.code()).isZero();
        device.closeDevice();
        assertThat(agent.result()).isEqualTo(VdiStatus.NOERROR);
    }

    @Test
    void aCloseAfterTheNormalEndIsNoAbortForAClientThatHasNotSeenTheEnd() throws VdiException {
        Rig rig = ends.rig(1).activate();
        rig.serverDevices.getFirst().closeDevice();
        rig.server.close();
        assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
        assertStatus(VdiStatus.CLOSE, () -> rig.clientDevices.getFirst().getCommand(0));
    }
}
