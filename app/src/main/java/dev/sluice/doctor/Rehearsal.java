package dev.sluice.doctor;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.ServerVdiProvider;
import dev.sluice.vdi.server.SharedBuffer;
import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One device set of the self-test. The test's thread plays the server; each device has a client
 * thread, and the completion agent one, all of them daemons. What a client thread meets aborts the
 * set, so that the server's waits end. A set that failed is not closed: something may still use it.
 */
final class Rehearsal {

    static final int DEVICES = 2;

    private static final int TRANSFER = 65536;
    private static final int TRANSFERS = 16;

    /** What all devices move. */
    static final long BYTES = (long) DEVICES * TRANSFERS * TRANSFER;

    /** A set did what no set may do. */
    static final class Unexpected extends Exception implements Teller {
        private static final long serialVersionUID = 1;

        private final transient Told told;

        Unexpected(Told told) {
            super(told.english());
            this.told = told;
        }

        @Override
        public Told told() {
            return told;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private final ClientDeviceSet client;
    private final ServerDeviceSet server;
    private final String name = "Sluice-doctor-" + UUID.randomUUID();
    private final List<ServerDevice> devices = new ArrayList<>();
    private final List<SharedBuffer> buffers = new ArrayList<>();
    private final List<CompletableFuture<VdiStatus>> workers = new ArrayList<>();
    private final CompletableFuture<VdiStatus> agent = new CompletableFuture<>();
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
    private final CountDownLatch agentRuns = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(DEVICES);
    private final CountDownLatch aborted = new CountDownLatch(1);
    private volatile Told step = Told.of("step.starting");

    Rehearsal(VdiProvider clients, ServerVdiProvider servers) {
        client = clients.newDeviceSet();
        server = servers.newServerDeviceSet();
    }

    /** What goes on, such as {@code opening the devices}; from any thread. */
    Told step() {
        return step;
    }

    /** Data from the server to the client, and the normal end. */
    void backup() throws VdiException, Unexpected, InterruptedException {
        open(Features.WRITE_MEDIA);
        step = Told.of("step.writing");
        for (int number = 0; number < TRANSFERS; number++) {
            for (int device = 0; device < DEVICES; device++) {
                fill(buffers.get(device).data(), device, number);
            }
            requireDone(sendToAll(CommandCode.WRITE), CompletionCode.SUCCESS);
        }
        step = Told.of("step.flushing");
        requireDone(sendToAll(CommandCode.FLUSH), CompletionCode.SUCCESS);
        step = Told.of("step.closingDevices");
        for (ServerDevice device : devices) {
            device.closeDevice();
        }
        close(VdiStatus.CLOSE, VdiStatus.NOERROR);
    }

    /** Data from the client to the server, and an abort with commands in the client's hands. */
    void restoreAndAbort() throws VdiException, Unexpected, InterruptedException {
        open(Features.READ_MEDIA);
        step = Told.of("step.reading");
        ByteBuffer expected = ByteBuffer.allocate(TRANSFER);
        for (int number = 0; number < TRANSFERS; number++) {
            requireDone(sendToAll(CommandCode.READ), CompletionCode.SUCCESS);
            for (int device = 0; device < DEVICES; device++) {
                fill(expected, device, number);
                require(
                        buffers.get(device).data().clear().equals(expected),
                        Told.of("odd.delivered", device + 1));
            }
        }
        step = Told.of("step.aborting");
        List<CompletableFuture<CompletionCode>> last = sendToAll(CommandCode.READ);
        held.await();
        client.signalAbort();
        requireDone(last, CompletionCode.OPERATION_ABORTED);
        step = Told.of("step.draining");
        aborted.countDown();
        close(VdiStatus.ABORT, VdiStatus.ABORT);
    }

    /** Ends what hangs, as far as that goes; from any thread. */
    void abandon() {
        aborted.countDown();
        try {
            client.signalAbort();
        } catch (VdiException e) {
            LOG.debug("there was nothing to abort", e);
        }
    }

    /** What a client's thread or the agent met first; null when all went well there. */
    @Nullable Throwable firstFailure() {
        return firstFailure.get();
    }

    // ---- the server's end

    private void open(int direction) throws VdiException, InterruptedException {
        step = Told.of("step.creating");
        client.create(null, name, DeviceSetConfiguration.request(DEVICES, Features.LIKE_PIPE));
        step = Told.of("step.configuring");
        server.open(null, name);
        server.beginConfiguration(new ServerConfiguration(direction, 0, TRANSFER, TRANSFER, 0));
        server.requestBuffers(TRANSFER, 0, DEVICES);
        server.endConfiguration();
        client.getConfiguration(ClientDeviceSet.INFINITE);
        step = Told.of("step.opening");
        startAgent();
        agentRuns.await();
        for (int device = 0; device < DEVICES; device++) {
            String deviceName = device == 0 ? name : name + "-" + (device + 1);
            devices.add(server.openDevice(deviceName));
            buffers.add(server.allocateBuffer(TRANSFER, 0));
            startWorker(client.openDevice(deviceName), device);
        }
    }

    private List<CompletableFuture<CompletionCode>> sendToAll(CommandCode code)
            throws VdiException {
        List<CompletableFuture<CompletionCode>> outcomes = new ArrayList<>();
        for (int device = 0; device < DEVICES; device++) {
            CompletableFuture<CompletionCode> outcome = new CompletableFuture<>();
            ServerCommand command =
                    new ServerCommand(
                            done -> outcome.complete(CompletionCode.of(done.completionCode())));
            devices.get(device)
                    .sendCommand(
                            code.hasBuffer()
                                    ? command.transfer(code, buffers.get(device), TRANSFER)
                                    : command.control(code));
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private void requireDone(List<CompletableFuture<CompletionCode>> outcomes, CompletionCode code)
            throws Unexpected, InterruptedException {
        for (int device = 0; device < DEVICES; device++) {
            CompletionCode outcome = get(outcomes.get(device));
            require(
                    outcome == code,
                    Told.of("odd.answered", device + 1, Told.of(outcome.explanation().said())));
        }
    }

    private void startAgent() {
        start(
                "self-test-agent",
                agent,
                () -> {
                    try {
                        server.executeCompletionAgent(agentRuns::countDown);
                    } finally {
                        agentRuns.countDown();
                    }
                    return VdiStatus.NOERROR;
                });
    }

    private void close(VdiStatus workersEnd, VdiStatus agentsEnd)
            throws VdiException, Unexpected, InterruptedException {
        for (int device = 0; device < DEVICES; device++) {
            VdiStatus end = get(workers.get(device));
            require(
                    end == workersEnd,
                    Told.of("odd.deviceEnd", device + 1, end.symbol(), workersEnd.symbol()));
        }
        step = Told.of("step.closing");
        client.close();
        VdiStatus end = get(agent);
        require(end == agentsEnd, Told.of("odd.agentEnd", end.symbol(), agentsEnd.symbol()));
        server.close();
    }

    // ---- the client's threads

    private void startWorker(ClientDevice device, int index) {
        CompletableFuture<VdiStatus> end = new CompletableFuture<>();
        workers.add(end);
        start("self-test-device-" + (index + 1), end, () -> serve(device, index));
    }

    private VdiStatus serve(ClientDevice device, int index)
            throws VdiException, Unexpected, InterruptedException {
        ByteBuffer expected = ByteBuffer.allocate(TRANSFER);
        int number = 0;
        while (true) {
            Command command = device.getCommand(ClientDeviceSet.INFINITE);
            if (command == null) {
                continue;
            }
            int bytes = command.code().hasBuffer() ? TRANSFER : 0;
            if (command.code() == CommandCode.WRITE) {
                fill(expected, index, number);
                require(command.buffer().equals(expected), Told.of("odd.received", index + 1));
            } else if (command.code() == CommandCode.READ) {
                fill(command.buffer(), index, number);
                if (number == TRANSFERS) {
                    held.countDown();
                    aborted.await();
                }
            }
            number++;
            device.completeCommand(command, CompletionCode.SUCCESS.number(), bytes, 0);
        }
    }

    // ---- helpers of both

    /** What runs on a thread of its own until the set ends. */
    private interface Role {
        VdiStatus play() throws Exception;
    }

    private void start(String thread, CompletableFuture<VdiStatus> end, Role role) {
        Thread.ofPlatform().name(thread).daemon().start(() -> play(end, role));
    }

    private void play(CompletableFuture<VdiStatus> end, Role role) {
        try {
            end.complete(role.play());
        } catch (VdiException e) {
            if (e.status() == VdiStatus.CLOSE || e.status() == VdiStatus.ABORT) {
                end.complete(e.status());
            } else {
                fail(end, e);
            }
        } catch (Exception | Error e) {
            fail(end, e);
        }
    }

    private void fail(CompletableFuture<VdiStatus> end, Throwable failure) {
        firstFailure.compareAndSet(null, failure);
        end.completeExceptionally(failure);
        // the server must not wait for commands that nobody will hold any more
        while (held.getCount() > 0) {
            held.countDown();
        }
        abandon();
    }

    private static <T> T get(CompletableFuture<T> future) throws Unexpected, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            // the first failure is the one that is told
            throw new Unexpected(Told.asIs(e.getCause() + "."));
        }
    }

    private static void require(boolean holds, Told otherwise) throws Unexpected {
        if (!holds) {
            throw new Unexpected(otherwise);
        }
    }

    /** Bytes that differ by device and transfer; from position 0 to the limit. */
    private static void fill(ByteBuffer target, int device, int number) {
        target.clear();
        for (int i = 0; i < TRANSFER; i += Integer.BYTES) {
            target.putInt(i, (device + 1) * 0x9E3779B9 + number * 0x85EBCA6B + i);
        }
    }
}
