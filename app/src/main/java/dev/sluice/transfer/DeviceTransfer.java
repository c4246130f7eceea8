package dev.sluice.transfer;

import dev.sluice.vdi.ClientDevice;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * All device workers of one set: a thread per device that fetches commands, moves their buffers to
 * or from the device's stripe, and completes them, until VD_E_CLOSE or VD_E_ABORT. A worker leaves
 * with no command in its hands.
 *
 * <p>A failed I/O does not end a worker: it completes what it holds with the fitting Win32 code,
 * and goes on serving, refusing further data, until the server closes or aborts (ABORT-43). The
 * verdict is the statement's, not the workers'. Every method may be called from any thread.
 */
public final class DeviceTransfer {

    private final List<DeviceWorker> workers = new ArrayList<>();
    private final RateLimit limit;
    private final AtomicReference<@Nullable TransferFailure> firstFailure = new AtomicReference<>();
    private volatile Consumer<TransferFailure> onFirstFailure = failure -> {};

    private DeviceTransfer(RateLimit limit) {
        this.limit = limit;
    }

    /**
     * The workers of a backup. Each sink stays the caller's, who commits or discards it after the
     * workers' end.
     *
     * @param devices opened, in the order of the statement
     * @param sinks one per device
     * @param limit shared by all devices
     * @param gate told of what is durable, and asked at each VDC_Complete
     * @param nanoTime the clock of the counters, such as {@code System::nanoTime}
     */
    public static DeviceTransfer backup(
            List<ClientDevice> devices,
            List<? extends StripeSink> sinks,
            RateLimit limit,
            CompletionGate gate,
            LongSupplier nanoTime) {
        requireOnePerDevice(devices.size(), sinks.size());
        DeviceTransfer transfer = new DeviceTransfer(limit);
        for (int i = 0; i < devices.size(); i++) {
            StripeEnd stripe = new BackupEnd(i, sinks.get(i), gate);
            transfer.addWorker(devices.get(i), stripe, nanoTime);
        }
        return transfer;
    }

    /**
     * The workers of a restore. Each source stays the caller's, who closes it after the workers'
     * end.
     *
     * @param devices opened, in the order of the statement
     * @param sources one per device
     * @param limit shared by all devices
     * @param nanoTime the clock of the counters, such as {@code System::nanoTime}
     */
    public static DeviceTransfer restore(
            List<ClientDevice> devices,
            List<? extends StripeSource> sources,
            RateLimit limit,
            LongSupplier nanoTime) {
        requireOnePerDevice(devices.size(), sources.size());
        DeviceTransfer transfer = new DeviceTransfer(limit);
        for (int i = 0; i < devices.size(); i++) {
            transfer.addWorker(devices.get(i), new RestoreEnd(sources.get(i)), nanoTime);
        }
        return transfer;
    }

    /**
     * Sets who hears of the first failure among the devices, once, on the failing worker's thread;
     * before {@link #start()}. When it is a {@link dev.sluice.vdi.VdiException}, that worker has
     * left and the server waits for it: the listener should signal the abort.
     */
    public void onFirstFailure(Consumer<TransferFailure> listener) {
        onFirstFailure = listener;
    }

    /** Starts the workers; once. */
    public void start() {
        workers.forEach(DeviceWorker::start);
    }

    /**
     * Ends the rate limit, so that no worker is held back from seeing the end: part of every stop,
     * and due as soon as the statement has ended.
     */
    public void liftLimit() {
        limit.lift();
    }

    /**
     * Waits for the end of all workers.
     *
     * @return whether they all ended within the time
     */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (DeviceWorker worker : workers) {
            if (!worker.awaitEnd(deadline - System.nanoTime())) {
                return false;
            }
        }
        return true;
    }

    /** Waits for the end of all workers, however long it takes. */
    public void join() throws InterruptedException {
        for (DeviceWorker worker : workers) {
            worker.join();
        }
    }

    /** The number of devices. */
    public int devices() {
        return workers.size();
    }

    /** The counters of one device, from 0. */
    public DeviceProgress progress(int device) {
        return workers.get(device).progress();
    }

    /** Bytes moved by all devices. */
    public long bytes() {
        long sum = 0;
        for (DeviceWorker worker : workers) {
            sum += worker.bytes();
        }
        return sum;
    }

    /** Commands, and so buffers, in the hands of all workers. */
    public int outstanding() {
        int sum = 0;
        for (DeviceWorker worker : workers) {
            sum += worker.inHand();
        }
        return sum;
    }

    /**
     * Interrupts the I/O a worker is in, so that it fails and the worker's buffers come back; the
     * stripe cannot be used further. Does nothing for a worker that is in no I/O.
     *
     * @param device from 0
     */
    public void interruptIo(int device) {
        workers.get(device).interruptIo();
    }

    /** How a worker ended; null while it works. */
    public @Nullable DeviceOutcome outcome(int device) {
        return workers.get(device).outcome();
    }

    /** The first failure among the devices; null without one. */
    public @Nullable TransferFailure firstFailure() {
        return firstFailure.get();
    }

    private void addWorker(ClientDevice device, StripeEnd stripe, LongSupplier nanoTime) {
        int index = workers.size();
        workers.add(new DeviceWorker(index, device, stripe, limit, nanoTime, this::failed));
    }

    private void failed(TransferFailure failure) {
        if (firstFailure.compareAndSet(null, failure)) {
            onFirstFailure.accept(failure);
        }
    }

    private static void requireOnePerDevice(int devices, int stripes) {
        if (devices != stripes || devices == 0) {
            throw new IllegalArgumentException(
                    "%d devices and %d stripes: each device needs one".formatted(devices, stripes));
        }
    }
}
