package dev.sluice.vdi.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.SharedBuffer;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Both ends of one set, taken by a test as far as it wants. Threads started here are daemons, and
 * waiting for one is bounded, so that a hang is a failure.
 */
final class Rig implements AutoCloseable {

    static final int BLOCK = 4096;
    static final int TRANSFER = 65536;
    static final int BUFFERS = 8;
    private static final int PATIENCE_SECONDS = 20;

    final ClientDeviceSet client;
    final ServerDeviceSet server;
    final EmbeddedVdi vdi;
    final String name = "set";
    final DeviceSetConfiguration request;
    final List<ServerDevice> serverDevices = new ArrayList<>();
    final List<ClientDevice> clientDevices = new ArrayList<>();
    private @Nullable Running<@Nullable Void> agent;
    private @Nullable ByteBuffer usedBuffer;
    private @Nullable SharedBuffer held;

    Rig(int devices) {
        this(new EmbeddedVdi(), DeviceSetConfiguration.request(devices, 0));
    }

    Rig(EmbeddedVdi vdi, DeviceSetConfiguration request) {
        this.vdi = vdi;
        this.request = request;
        client = vdi.newDeviceSet();
        server = vdi.newServerDeviceSet();
    }

    /** A set with devices open on both sides and the agent running. */
    static Rig active(int devices) throws VdiException {
        return new Rig(devices).activate();
    }

    Rig create() throws VdiException {
        client.create(null, name, request);
        return this;
    }

    Rig connect() throws VdiException {
        create();
        server.open(null, name);
        return this;
    }

    Rig begin() throws VdiException {
        connect();
        server.beginConfiguration(
                new ServerConfiguration(
                        request.features() | Features.WRITE_MEDIA, 0, BLOCK, TRANSFER, 0));
        return this;
    }

    Rig configure() throws VdiException {
        begin();
        server.requestBuffers(TRANSFER, 0, BUFFERS);
        server.endConfiguration();
        assertThat(client.getConfiguration(0)).isNotNull();
        return this;
    }

    Rig activate() throws VdiException {
        configure();
        return openAndStart();
    }

    /** Opens the devices of a configured set on both sides and starts the agent. */
    Rig openAndStart() throws VdiException {
        for (int i = 0; i < request.deviceCount(); i++) {
            serverDevices.add(server.openDevice(deviceName(i)));
            clientDevices.add(client.openDevice(deviceName(i)));
        }
        startAgent();
        return this;
    }

    void startAgent() {
        CountDownLatch inside = new CountDownLatch(1);
        agent =
                start(
                        "agent",
                        () -> {
                            server.executeCompletionAgent(inside::countDown);
                            return null;
                        });
        await(inside);
    }

    /** Ends the set as a normal backup does, after the server's last command. */
    Rig finish() throws VdiException {
        for (ServerDevice device : serverDevices) {
            device.closeDevice();
        }
        for (ClientDevice device : clientDevices) {
            assertStatus(VdiStatus.CLOSE, () -> device.getCommand(0));
        }
        return this;
    }

    Rig abort() throws VdiException {
        server.signalAbort();
        return this;
    }

    /** Another pair of ends for the same name in the same name space. */
    Rig another() {
        return new Rig(vdi, request);
    }

    /** Lets one Write pass and keeps the client's buffer. */
    Rig useABuffer() throws VdiException {
        Sent sent = write();
        Command command = fetch();
        usedBuffer = command.buffer();
        complete(command, 0);
        assertThat(sent.code()).isZero();
        return this;
    }

    ByteBuffer usedBuffer() {
        return Objects.requireNonNull(usedBuffer);
    }

    /** Allocates a buffer and keeps it in the server's hands. */
    Rig hold() throws VdiException {
        held = server.allocateBuffer(TRANSFER, 0);
        return this;
    }

    SharedBuffer held() {
        return Objects.requireNonNull(held);
    }

    String deviceName(int index) {
        return index == 0 ? name : name + index;
    }

    DeviceSetState clientState() {
        return ((EmbeddedClientDeviceSet) client).state();
    }

    DeviceSetState serverState() {
        return ((EmbeddedServerDeviceSet) server).state();
    }

    Running<@Nullable Void> agent() {
        return Objects.requireNonNull(agent);
    }

    /** Allocates a buffer and sends it as a Write to device 0. */
    Sent write() throws VdiException {
        Sent sent = new Sent();
        SharedBuffer buffer = server.allocateBuffer(TRANSFER, 0);
        serverDevices
                .getFirst()
                .sendCommand(sent.command.transfer(CommandCode.WRITE, buffer, TRANSFER));
        return sent;
    }

    /** Sends a command without a buffer to device 0. */
    Sent control(CommandCode code) throws VdiException {
        Sent sent = new Sent();
        serverDevices.getFirst().sendCommand(sent.command.control(code));
        return sent;
    }

    /** Ends whatever is left, on both sides. */
    @Override
    public void close() {
        statusOf(client::close);
        statusOf(server::close);
    }

    /** Fetches what must be there. */
    Command fetch() throws VdiException {
        return Objects.requireNonNull(clientDevices.getFirst().getCommand(0));
    }

    void complete(Command command, int code) throws VdiException {
        int bytes = command.code().hasBuffer() && code == 0 ? command.size() : 0;
        clientDevices.getFirst().completeCommand(command, code, bytes, 0);
    }

    static void assertStatus(VdiStatus expected, Call call) {
        assertThat(statusOf(call)).isEqualTo(expected);
    }

    static VdiStatus statusOf(Call call) {
        try {
            call.run();
            return VdiStatus.NOERROR;
        } catch (VdiException e) {
            return e.status();
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static <T extends @Nullable Object> Running<T> start(String role, Callable<T> work) {
        return new Running<>(role, work);
    }

    /** A call of the interface. */
    interface Call {
        void run() throws VdiException;
    }

    /** A command and the calls of its routine. */
    static final class Sent {

        final List<Integer> codes = new ArrayList<>();
        final CompletableFuture<Thread> calledBack = new CompletableFuture<>();
        final ServerCommand command;

        Sent() {
            this(() -> {});
        }

        Sent(Runnable whenCalledBack) {
            command =
                    new ServerCommand(
                            done -> {
                                synchronized (this) {
                                    codes.add(done.completionCode());
                                }
                                calledBack.complete(Thread.currentThread());
                                whenCalledBack.run();
                            });
        }

        /** The one code the routine was called with, after waiting for it. */
        int code() {
            Rig.get(calledBack);
            synchronized (this) {
                assertThat(codes).hasSize(1);
                return codes.getFirst();
            }
        }
    }

    static <T extends @Nullable Object> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Work on a thread of its own. */
    static final class Running<T extends @Nullable Object> {

        private final CompletableFuture<T> result = new CompletableFuture<>();
        final Thread thread;

        Running(String role, Callable<T> work) {
            thread =
                    Thread.ofPlatform()
                            .name("test-" + role)
                            .daemon()
                            .start(
                                    () -> {
                                        try {
                                            result.complete(work.call());
                                        } catch (Throwable t) {
                                            result.completeExceptionally(t);
                                        }
                                    });
        }

        /** Waits until the thread waits for something. */
        Running<T> untilBlocked() {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (thread.getState() != Thread.State.WAITING
                    && thread.getState() != Thread.State.TIMED_WAITING) {
                assertThat(thread.isAlive()).as("%s is still inside", thread.getName()).isTrue();
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            return this;
        }

        T result() {
            return Rig.get(result);
        }

        /** How the work ended. */
        VdiStatus status() {
            try {
                result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return VdiStatus.NOERROR;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof VdiException failure) {
                    return failure.status();
                }
                throw new AssertionError(e);
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }

        /** What the work threw. */
        Throwable failure() {
            try {
                result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                throw new AssertionError("It did not fail");
            } catch (ExecutionException e) {
                return Objects.requireNonNull(e.getCause());
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }

        boolean isDone() {
            return result.isDone();
        }
    }
}
