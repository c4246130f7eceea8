package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.SharedBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Streams in both directions, several stripes, several commands outstanding on each. */
class TransferTest extends Conformance {

    private static final int CHUNKS = 60;
    private static final int END_OF_DATA = 38;
    private static final int DEVICE_ERROR = 1117;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void aBackupArrivesByteForByteOnEveryStripe(int devices) throws VdiException {
        try (Rig rig = rig(devices).activate()) {
            Semaphore buffers = new Semaphore(Rig.BUFFERS);
            List<Running<byte[]>> sent = new ArrayList<>();
            List<Running<byte[]>> stored = new ArrayList<>();
            for (int i = 0; i < devices; i++) {
                Outgoing stripe = new Outgoing(rig, rig.serverDevices.get(i), buffers, i);
                ClientDevice device = rig.clientDevices.get(i);
                Executor completer = i % 2 == 0 ? Runnable::run : anotherThread();
                sent.add(Running.start("send", stripe::send));
                stored.add(Running.start("store", () -> store(device, completer)));
            }
            for (int i = 0; i < devices; i++) {
                assertThat(stored.get(i).result()).isEqualTo(sent.get(i).result());
            }
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
            assertThat(rig.clientState()).isEqualTo(DeviceSetState.NORMALLY_TERMINATED);
        }
    }

    /** Runs each task on a thread of its own and waits for its end: tasks keep their order. */
    private static Executor anotherThread() {
        return task ->
                Running.start(
                                "complete",
                                () -> {
                                    task.run();
                                    return "done";
                                })
                        .result();
    }

    /** The server's side of one stripe of a backup. */
    private static final class Outgoing {

        private final Rig rig;
        private final ServerDevice device;
        private final Semaphore buffers;
        private final Semaphore answered = new Semaphore(0);
        private final Random random;

        Outgoing(Rig rig, ServerDevice device, Semaphore buffers, int seed) {
            this.rig = rig;
            this.device = device;
            this.buffers = buffers;
            this.random = new Random(seed);
        }

        /** Sends writes of all sizes and a Flush, and closes the device when all are answered. */
        byte[] send() throws VdiException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < CHUNKS; i++) {
                byte[] chunk = new byte[Rig.BLOCK * (1 + random.nextInt(Rig.TRANSFER / Rig.BLOCK))];
                random.nextBytes(chunk);
                all.writeBytes(chunk);
                buffers.acquireUninterruptibly();
                SharedBuffer buffer = rig.server.allocateBuffer(Rig.TRANSFER, 0);
                buffer.data().clear().put(chunk);
                ServerCommand write = new ServerCommand(this::written);
                device.sendCommand(write.transfer(CommandCode.WRITE, buffer, chunk.length));
            }
            ServerCommand flush = new ServerCommand(done -> answered.release());
            device.sendCommand(flush.control(CommandCode.FLUSH));
            answered.acquireUninterruptibly(CHUNKS + 1);
            device.closeDevice();
            return all.toByteArray();
        }

        private void written(ServerCommand done) {
            assertThat(done.completionCode()).isZero();
            assertThat(done.bytesTransferred()).isEqualTo(done.size());
            SharedBuffer buffer = Objects.requireNonNull(done.buffer());
            Rig.assertStatus(VdiStatus.NOERROR, () -> rig.server.freeBuffer(buffer, Rig.TRANSFER));
            buffers.release();
            answered.release();
        }
    }

    /** The client's side of one stripe of a backup. */
    private static byte[] store(ClientDevice device, Executor completer) throws VdiException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            Command command;
            try {
                command = Objects.requireNonNull(device.getCommand(-1));
            } catch (VdiException end) {
                assertThat(end.status()).isEqualTo(VdiStatus.CLOSE);
                return all.toByteArray();
            }
            completer.execute(() -> store(device, command, all));
        }
    }

    private static void store(ClientDevice device, Command command, ByteArrayOutputStream sink) {
        int bytes = 0;
        if (command.code() == CommandCode.WRITE) {
            byte[] chunk = new byte[command.buffer().remaining()];
            command.buffer().get(chunk);
            sink.writeBytes(chunk);
            bytes = chunk.length;
        } else {
            assertThat(command.code()).isEqualTo(CommandCode.FLUSH);
        }
        int transferred = bytes;
        Rig.assertStatus(
                VdiStatus.NOERROR, () -> device.completeCommand(command, 0, transferred, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void aRestoreReadsWhatTheStripesHoldInWhateverSizes(int devices) throws VdiException {
        try (Rig rig = rig(devices).connect()) {
            rig.server.beginConfiguration(
                    new ServerConfiguration(Features.READ_MEDIA, 0, Rig.BLOCK, Rig.TRANSFER, 0));
            rig.server.requestBuffers(Rig.TRANSFER, 0, 2 * devices);
            rig.server.endConfiguration();
            assertThat(Objects.requireNonNull(rig.client.getConfiguration(0)).features())
                    .isEqualTo(Features.READ_MEDIA);
            rig.openAndStart();
            List<byte[]> sources = new ArrayList<>();
            List<Running<byte[]>> read = new ArrayList<>();
            List<Running<VdiStatus>> supplied = new ArrayList<>();
            for (int i = 0; i < devices; i++) {
                byte[] source = new byte[1_500_000 + i];
                new Random(i).nextBytes(source);
                sources.add(source);
                Incoming stripe = new Incoming(rig, rig.serverDevices.get(i), i);
                ClientDevice device = rig.clientDevices.get(i);
                read.add(Running.start("read", stripe::read));
                supplied.add(Running.start("supply", () -> supply(device, source)));
            }
            for (int i = 0; i < devices; i++) {
                assertThat(read.get(i).result()).isEqualTo(sources.get(i));
                assertThat(supplied.get(i).result()).isEqualTo(VdiStatus.CLOSE);
            }
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    /** The server's side of one stripe of a restore: two reads are always outstanding. */
    private static final class Incoming {

        private final Rig rig;
        private final ServerDevice device;
        private final Semaphore free = new Semaphore(2);
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private final Random random;
        private volatile boolean ended;

        Incoming(Rig rig, ServerDevice device, int seed) {
            this.rig = rig;
            this.device = device;
            this.random = new Random(seed);
        }

        /** Reads to the end of the data, clears the error that the end is, and closes. */
        byte[] read() throws VdiException {
            while (true) {
                free.acquireUninterruptibly();
                if (ended) {
                    break;
                }
                int size = Rig.BLOCK * (1 + random.nextInt(Rig.TRANSFER / Rig.BLOCK));
                SharedBuffer buffer = rig.server.allocateBuffer(size, 0);
                ServerCommand read = new ServerCommand(this::arrived);
                // the end may be met between the look and the call: the routine deals with it
                Rig.statusOf(
                        () -> device.sendCommand(read.transfer(CommandCode.READ, buffer, size)));
            }
            free.acquireUninterruptibly();
            Sent clear = new Sent();
            device.sendCommand(clear.command.control(CommandCode.CLEAR_ERROR));
            assertThat(clear.code()).isZero();
            device.closeDevice();
            return all.toByteArray();
        }

        private void arrived(ServerCommand done) {
            assertThat(done.completionCode()).isIn(0, END_OF_DATA, DEVICE_ERROR);
            SharedBuffer buffer = Objects.requireNonNull(done.buffer());
            byte[] chunk = new byte[done.bytesTransferred()];
            buffer.data().clear().get(chunk);
            all.writeBytes(chunk);
            ended |= done.completionCode() != 0;
            Rig.assertStatus(VdiStatus.NOERROR, () -> rig.server.freeBuffer(buffer, done.size()));
            free.release();
        }
    }

    /** The client's side of one stripe of a restore. */
    private static VdiStatus supply(ClientDevice device, byte[] source) {
        ByteBuffer left = ByteBuffer.wrap(source);
        try {
            while (true) {
                Command command = Objects.requireNonNull(device.getCommand(-1));
                if (command.code() == CommandCode.CLEAR_ERROR) {
                    device.completeCommand(command, 0, 0, 0);
                    continue;
                }
                assertThat(command.code()).isEqualTo(CommandCode.READ);
                int bytes = Math.min(command.size(), left.remaining());
                command.buffer().put(left.slice().limit(bytes));
                left.position(left.position() + bytes);
                int code = bytes < command.size() ? END_OF_DATA : 0;
                device.completeCommand(command, code, bytes, 0);
            }
        } catch (VdiException end) {
            return end.status();
        }
    }

    @Test
    void aCommandMayBeCompletedLongAfterOthersThatCameLater() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent late = rig.write();
            Command inHand = rig.fetch();
            for (int i = 0; i < 50; i++) {
                Sent sent = rig.write();
                rig.complete(rig.fetch(), 0);
                assertThat(sent.code()).isZero();
                rig.server.freeBuffer(Objects.requireNonNull(sent.command.buffer()), Rig.TRANSFER);
            }
            assertThat(late.calledBack).isNotDone();
            inHand.buffer().putInt(0, 7);
            rig.complete(inHand, 0);
            assertThat(late.code()).isZero();
            assertThat(late.command.bytesTransferred()).isEqualTo(Rig.TRANSFER);
        }
    }
}
