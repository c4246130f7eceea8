package dev.sluice.job;

import dev.sluice.transfer.CompletionGate;
import dev.sluice.transfer.DeviceOutcome;
import dev.sluice.transfer.DeviceProgress;
import dev.sluice.transfer.DeviceState;
import dev.sluice.transfer.DeviceTransfer;
import dev.sluice.transfer.TransferFailure;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/**
 * The device workers of a job while they run and after: when they began and ended, and how. A
 * thread of its own waits for them, so that the job's thread can wait for other things as well.
 */
final class Streaming {

    private final DeviceTransfer transfer;
    private final DeviceSetConfiguration configuration;
    private final JobSignals signals;
    private final LongSupplier nanos;
    private final long began;
    private final Throughput throughput = new Throughput();
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile long ended;
    private volatile boolean over;

    Streaming(
            DeviceTransfer transfer,
            DeviceSetConfiguration configuration,
            JobSignals signals,
            LongSupplier nanos) {
        this.transfer = transfer;
        this.configuration = configuration;
        this.signals = signals;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    /** Starts the thread that tells of the workers' end; before them, so that nobody misses it. */
    void watch(String name) {
        Thread.ofPlatform().name(name).daemon().start(this::awaitWorkers);
    }

    /**
     * Starts the workers; after {@link #watch}. When the system has no threads left for all of
     * them, those that run are waited for all the same.
     */
    void start() {
        transfer.onFirstFailure(this::onFailure);
        try {
            transfer.start();
        } finally {
            started.countDown();
        }
    }

    DeviceTransfer transfer() {
        return transfer;
    }

    DeviceSetConfiguration configuration() {
        return configuration;
    }

    /** Nanoseconds from the start of the workers to now, or to their end. */
    long elapsedNanos() {
        return (over ? ended : nanos.getAsLong()) - began;
    }

    /** What was moved over time. */
    List<RunStory.Moved> throughput() {
        return throughput.points();
    }

    /**
     * Whether the stripes of a backup whose statement succeeded hold all of it. No worker may have
     * had an error of its own. VD_E_CLOSE ends a stream that was sent to its end; an abort can hide
     * an end only when all that was sent before was durable: had the server had more to send, its
     * command would have come back with ERROR_OPERATION_ABORTED (ABORT-17), and the statement could
     * not have succeeded. To throw such a backup away would be no safer, for the server counts on
     * it: it may have truncated the log, and bases the next differential on it.
     */
    boolean isWhole(CompletionGate gate) {
        for (int device = 0; device < transfer.devices(); device++) {
            DeviceOutcome outcome = transfer.outcome(device);
            if (outcome == null || outcome.cause() != null || !isWhole(device, outcome, gate)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(int device, DeviceOutcome outcome, CompletionGate gate) {
        return outcome.end() == DeviceState.CLOSED
                || (outcome.end() == DeviceState.ABORTED && gate.isSealed(device));
    }

    /** The longest I/O under way; null when no worker is in one. */
    @Nullable Told longestIo() {
        int worst = -1;
        long since = Long.MAX_VALUE;
        for (int device = 0; device < transfer.devices(); device++) {
            DeviceProgress progress = transfer.progress(device);
            if (progress.state() == DeviceState.IN_IO && progress.since() < since) {
                worst = device;
                since = progress.since();
            }
        }
        return worst < 0
                ? null
                : Told.of(
                        "drain.inIo",
                        worst + 1,
                        Duration.ofMillis((nanos.getAsLong() - since) / 1_000_000));
    }

    /** After a failed I/O a worker goes on serving; after anything else the server waits for it. */
    private void onFailure(TransferFailure failure) {
        if (!(failure.cause() instanceof IOException)) {
            signals.raise(JobSignals.Signal.DEVICE_BROKEN);
        }
    }

    private void awaitWorkers() {
        boolean interrupted = false;
        while (true) {
            try {
                started.await();
                do {
                    throughput.add(Duration.ofNanos(elapsedNanos()), transfer.bytes());
                } while (!transfer.awaitEnd(throughput.step()));
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        ended = nanos.getAsLong();
        over = true;
        throughput.add(Duration.ofNanos(elapsedNanos()), transfer.bytes());
        signals.raise(JobSignals.Signal.WORKERS_ENDED);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
