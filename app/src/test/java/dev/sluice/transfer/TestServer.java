package dev.sluice.transfer;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.embedded.EmbeddedVdi;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.SharedBuffer;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A server that does what a test tells it, on a real embedded device set. */
final class TestServer implements AutoCloseable {

    /** How the client answered a command, as the server saw it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Reply(int code, int bytes, byte[] data) {}

    private static final int BLOCK = 512;

    private final ClientDeviceSet clientSet;
    private final ServerDeviceSet set;
    private final List<ServerDevice> serverDevices = new ArrayList<>();
    private final List<ClientDevice> devices = new ArrayList<>();
    private final Semaphore buffers;
    private final int bufferSize;
    private final Thread agent;

    private TestServer(int deviceCount, int direction, int bufferCount, int bufferSize)
            throws VdiException {
        EmbeddedVdi vdi = new EmbeddedVdi();
        clientSet = vdi.newDeviceSet();
        set = vdi.newServerDeviceSet();
        buffers = new Semaphore(bufferCount);
        this.bufferSize = bufferSize;
        clientSet.create(
                null,
                "set",
                DeviceSetConfiguration.request(deviceCount, Features.REQUEST_COMPLETE));
        set.open(null, "set");
        int features = Features.REQUEST_COMPLETE | Features.COMPLETE_ENABLED | direction;
        set.beginConfiguration(new ServerConfiguration(features, 0, BLOCK, 4 << 20, 0));
        set.requestBuffers(bufferSize, 0, bufferCount);
        set.endConfiguration();
        clientSet.getConfiguration(ClientDeviceSet.INFINITE);
        openDevices(deviceCount);
        agent = Thread.ofPlatform().name("agent").daemon().start(this::runAgent);
        // a command sent before the agent runs is refused
        until(
                () ->
                        agent.getState() != Thread.State.NEW
                                && agent.getState() != Thread.State.RUNNABLE);
    }

    static TestServer backup(int devices, int bufferCount, int bufferSize) throws VdiException {
        return new TestServer(devices, Features.WRITE_MEDIA, bufferCount, bufferSize);
    }

    static TestServer restore(int devices, int bufferCount, int bufferSize) throws VdiException {
        return new TestServer(devices, Features.READ_MEDIA, bufferCount, bufferSize);
    }

    /** The client's devices. */
    List<ClientDevice> devices() {
        return devices;
    }

    /** Sends a Write; waits for a free buffer before. */
    CompletableFuture<Reply> write(int device, byte[] data)
            throws VdiException, InterruptedException {
        SharedBuffer buffer = allocate();
        buffer.data().clear().put(data);
        return send(device, CommandCode.WRITE.number(), buffer, data.length);
    }

    /** Sends a Read; waits for a free buffer before. */
    CompletableFuture<Reply> read(int device, int size) throws VdiException, InterruptedException {
        SharedBuffer buffer = allocate();
        ByteBuffer all = buffer.data().clear();
        while (all.hasRemaining()) {
            all.put((byte) 0x55);
        }
        return send(device, CommandCode.READ.number(), buffer, size);
    }

    /** Sends a command without a buffer. */
    CompletableFuture<Reply> control(int device, CommandCode code) throws VdiException {
        return control(device, code.number());
    }

    /** Sends a command without a buffer, by number. */
    CompletableFuture<Reply> control(int device, int code) throws VdiException {
        return send(device, code, null, 0);
    }

    void closeDevice(int device) throws VdiException {
        serverDevices.get(device).closeDevice();
    }

    void closeDevices() throws VdiException {
        for (ServerDevice device : serverDevices) {
            device.closeDevice();
        }
    }

    void abort() throws VdiException {
        set.signalAbort();
    }

    void abortFromClient() throws VdiException {
        clientSet.signalAbort();
    }

    /** Ends both sides; the workers must have left. */
    @Override
    public void close() throws VdiException {
        clientSet.signalAbort();
        clientSet.close();
        set.close();
        until(() -> !agent.isAlive());
    }

    static Reply await(CompletableFuture<Reply> reply)
            throws InterruptedException, ExecutionException, TimeoutException {
        return reply.get(30, TimeUnit.SECONDS);
    }

    /** Waits until something is so. */
    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not become so within 30 s");
            }
            Thread.onSpinWait();
        }
    }

    private void openDevices(int count) throws VdiException {
        for (int i = 0; i < count; i++) {
            serverDevices.add(set.openDevice(name(i)));
        }
        for (int i = 0; i < count; i++) {
            devices.add(clientSet.openDevice(name(i)));
        }
    }

    private static String name(int device) {
        return device == 0 ? "set" : "set-" + device;
    }

    private SharedBuffer allocate() throws VdiException, InterruptedException {
        if (!buffers.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no buffer came back within 30 s");
        }
        return set.allocateBuffer(bufferSize, 0);
    }

    private CompletableFuture<Reply> send(
            int device, int code, @Nullable SharedBuffer buffer, int size) throws VdiException {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        ServerCommand command = new ServerCommand(done -> completed(done, reply));
        command.prepare(code, buffer, size, 0);
        serverDevices.get(device).sendCommand(command);
        return reply;
    }

    private void completed(ServerCommand command, CompletableFuture<Reply> reply) {
        SharedBuffer buffer = command.buffer();
        byte[] data = new byte[command.bytesTransferred()];
        if (buffer != null) {
            buffer.data().get(0, data);
            free(buffer);
        }
        if (!reply.complete(
                new Reply(command.completionCode(), command.bytesTransferred(), data))) {
            throw new AssertionError("a command was completed twice");
        }
    }

    private void free(SharedBuffer buffer) {
        try {
            set.freeBuffer(buffer, bufferSize);
            buffers.release();
        } catch (VdiException e) {
            throw new AssertionError(e);
        }
    }

    private void runAgent() {
        try {
            set.executeCompletionAgent();
        } catch (VdiException e) {
            // after an abort it returns with VD_E_ABORT; the replies tell the tests what happened
        }
    }
}
