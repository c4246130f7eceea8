package dev.sluice.sqlserver;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.ServerVdiProvider;
import dev.sluice.vdi.server.SharedBuffer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The server's end of a statement's device set, by vdi-facts A.2 and A.3. The statement's thread
 * uses it; any may abort it.
 */
final class DeviceSetEnd implements AutoCloseable {

    /** Of virtual devices, unless the statement has others (vdi-facts section H). */
    private static final int DEFAULT_BLOCK_SIZE = 512;

    private static final int DEFAULT_MAX_TRANSFER_SIZE = 65536;

    /** Buffers of a device, unless the statement says how many all have. */
    private static final int DEPTH = 4;

    private final ServerDeviceSet set;
    private final List<String> names;
    private final List<DeviceEnd> devices = new ArrayList<>();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().name("sqlserver-", 1).factory());
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final int blockSize;
    private final int maxTransferSize;
    private final int depth;
    private boolean completes;
    private boolean configured;

    private DeviceSetEnd(ServerDeviceSet set, List<String> names, Order.Sizes sizes) {
        this.set = set;
        this.names = names;
        this.blockSize = sizes.blockSize() == 0 ? DEFAULT_BLOCK_SIZE : sizes.blockSize();
        this.maxTransferSize =
                sizes.maxTransferSize() == 0 ? DEFAULT_MAX_TRANSFER_SIZE : sizes.maxTransferSize();
        int each = sizes.bufferCount() == 0 ? DEPTH : sizes.bufferCount() / names.size();
        this.depth = Math.max(each, 1);
    }

    /**
     * Attaches to the client's set, configures it, and opens its devices.
     *
     * @param direction {@link Features#WRITE_MEDIA} or {@link Features#READ_MEDIA}
     */
    static DeviceSetEnd attach(
            ServerVdiProvider vdi, List<String> names, Order.Sizes sizes, int direction)
            throws StatementFailed {
        DeviceSetEnd end = new DeviceSetEnd(vdi.newServerDeviceSet(), names, sizes);
        try {
            end.set.open(null, names.getFirst());
            end.configure(direction);
            end.openDevices();
            return end;
        } catch (VdiException e) {
            end.close();
            throw ServerMessages.cannotOpen(names.getFirst(), e.hresult());
        }
    }

    private void configure(int direction) throws VdiException {
        int asked = set.getConfiguration().features();
        if (set.getConfiguration().deviceCount() != names.size()) {
            throw new AssertionError("the set has another number of devices than the statement");
        }
        completes = direction == Features.WRITE_MEDIA && (asked & Features.REQUEST_COMPLETE) != 0;
        int features = asked | direction | (completes ? Features.COMPLETE_ENABLED : 0);
        set.beginConfiguration(new ServerConfiguration(features, 0, blockSize, maxTransferSize, 0));
        set.requestBuffers(maxTransferSize, 0, depth * names.size());
        set.endConfiguration();
    }

    private void openDevices() throws VdiException {
        List<ServerDevice> opened = new ArrayList<>();
        for (String name : names) {
            opened.add(set.openDevice(name));
        }
        startAgent();
        for (ServerDevice device : opened) {
            List<SharedBuffer> buffers = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                buffers.add(set.allocateBuffer(maxTransferSize, 0));
            }
            devices.add(new DeviceEnd(device, buffers, blockSize, maxTransferSize));
        }
        configured = true;
    }

    private void startAgent() {
        CountDownLatch running = new CountDownLatch(1);
        threads.execute(
                () -> {
                    try {
                        set.executeCompletionAgent(running::countDown);
                    } catch (VdiException e) {
                        // aborted: each command says so itself
                    } finally {
                        running.countDown();
                    }
                });
        try {
            running.await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while the agent started", e);
        }
    }

    /** As the client sees it; all buffers of all devices together. */
    Order.Sizes configured() {
        return new Order.Sizes(blockSize, depth * names.size(), maxTransferSize, 0);
    }

    int devices() {
        return devices.size();
    }

    int blockSize() {
        return blockSize;
    }

    int maxTransferSize() {
        return maxTransferSize;
    }

    /** Whether the client asked for VDC_Complete. */
    boolean completes() {
        return completes;
    }

    /** What is done for a device. */
    interface Task {
        /** On a thread of the device's own. */
        void run(DeviceEnd device, int number) throws Exception;
    }

    /**
     * Does something for all devices at once. When it fails for one, the others learn of it from
     * {@link #check()}.
     *
     * @throws Exception the first failure
     */
    void run(Task task) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            int number = i;
            running.add(threads.submit(() -> guarded(task, number)));
        }
        for (Future<?> future : running) {
            await(future);
        }
        Exception first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    private void guarded(Task task, int number) {
        try {
            task.run(devices.get(number), number);
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        } catch (AssertionError e) {
            abort();
            throw e;
        }
    }

    /** Fails when another device has. */
    void check() throws StatementFailed {
        if (failure.get() instanceof StatementFailed first) {
            throw first;
        }
    }

    private static void await(Future<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a device's thread failed", e.getCause());
        }
    }

    /**
     * Closes the devices: the client sees the normal end.
     *
     * @return false when the set was aborted before
     */
    boolean closeDevices() {
        boolean closed = true;
        for (DeviceEnd device : devices) {
            device.settle();
            closed &= device.close();
        }
        return closed;
    }

    /** SignalAbort; from any thread, at any time. */
    void abort() {
        try {
            set.signalAbort();
        } catch (VdiException e) {
            // the set is closed already
        }
    }

    String name() {
        return names.getFirst();
    }

    @Override
    public void close() {
        if (!configured) {
            abort();
        }
        closeDevices();
        try {
            set.close();
        } catch (VdiException e) {
            // released all the same; with devices that an abort left open it cannot succeed
        }
        threads.close();
    }
}
