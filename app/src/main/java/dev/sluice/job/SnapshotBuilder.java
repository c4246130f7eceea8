package dev.sluice.job;

import dev.sluice.job.JobSnapshot.Progress;
import dev.sluice.transfer.DeviceProgress;
import dev.sluice.transfer.DeviceTransfer;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Looks at a run from outside: reads the counters, works out rates and estimates. Whoever wants a
 * snapshot pays for it; the run itself does nothing for it.
 */
final class SnapshotBuilder {

    private static final double SECOND = 1e9;

    private final JobContext context;
    private final JobWork work;
    private final RunParts parts;
    private final Drain drain;
    private final LongSupplier nanos;
    private final Instant started;
    private final long startedNanos;
    private final ProgressMeter meter = new ProgressMeter();
    private volatile Estimate.Reading message = Estimate.Reading.NONE;
    private volatile Estimate.Reading request = Estimate.Reading.NONE;

    SnapshotBuilder(JobContext context, JobWork work, RunParts parts, Drain drain) {
        this.context = context;
        this.work = work;
        this.parts = parts;
        this.drain = drain;
        this.nanos = context.clock().nanos();
        this.started = context.clock().wall().instant();
        this.startedNanos = nanos.getAsLong();
    }

    Instant started() {
        return started;
    }

    /** The statement's thread heard a percent message. */
    void onPercent(int value) {
        message = reading(value);
    }

    /** Another session was told how far the statement is. */
    void onRequest(double percent) {
        request = reading(percent);
    }

    private Estimate.Reading reading(double percent) {
        Streaming streaming = parts.streaming();
        return new Estimate.Reading(percent, streaming == null ? 0 : streaming.transfer().bytes());
    }

    JobSnapshot build(JobState state, List<JobEvent> events, @Nullable Told told, boolean tooLate) {
        long now = nanos.getAsLong();
        Streaming streaming = parts.streaming();
        double[] rates = new double[0];
        List<JobSnapshot.Device> devices = List.of();
        if (streaming != null) {
            rates = meter.rates(now, bytes(streaming.transfer()));
            devices = devices(streaming.transfer(), rates, now);
        }
        Drain.Look look = look(streaming, devices);
        return new JobSnapshot(
                context.id(),
                work.kind(),
                context.server().name(),
                work.database(),
                state,
                started,
                Duration.ofNanos(now - startedNanos),
                progress(state, streaming, Arrays.stream(rates).sum()),
                devices,
                look.buffers(),
                look.steps(),
                events,
                parts.statementText(),
                work.set(),
                told,
                tooLate,
                JobSnapshot.Sequence.ALONE);
    }

    /** One reading for the map, its sum and the drain, so that the screen agrees with itself. */
    private Drain.Look look(@Nullable Streaming streaming, List<JobSnapshot.Device> devices) {
        Told note = streaming == null ? null : streaming.longestIo();
        int commands = devices.stream().mapToInt(JobSnapshot.Device::inHand).sum();
        return drain.look(() -> parts.buffers(devices), commands, note);
    }

    private static long[] bytes(DeviceTransfer transfer) {
        long[] bytes = new long[transfer.devices()];
        Arrays.setAll(bytes, device -> transfer.progress(device).bytes());
        return bytes;
    }

    private List<JobSnapshot.Device> devices(DeviceTransfer transfer, double[] rates, long now) {
        List<JobSnapshot.Device> devices = new ArrayList<>();
        for (int device = 0; device < transfer.devices(); device++) {
            devices.add(device(device, transfer.progress(device), rates[device], now));
        }
        return List.copyOf(devices);
    }

    private JobSnapshot.Device device(int index, DeviceProgress at, double rate, long now) {
        DeviceSetHandle set = parts.set();
        CommandCode command = at.command();
        return new JobSnapshot.Device(
                index,
                set == null ? "" : set.names().get(index),
                work.stripe(index),
                JobSnapshot.DeviceState.valueOf(at.state().name()),
                command == null ? "" : command.symbol(),
                at.bytes(),
                at.state().isEnd() ? 0 : rate,
                at.inHand(),
                set == null ? DeviceSetObservation.UNKNOWN : set.queued(index),
                Duration.ofNanos(Math.max(0, now - at.since())),
                new JobSnapshot.Times(
                        Duration.ofNanos(at.serverNanos()),
                        Duration.ofNanos(at.checkingNanos()),
                        Duration.ofNanos(at.ioNanos()),
                        Duration.ofNanos(at.throttledNanos())));
    }

    private Progress progress(JobState state, @Nullable Streaming streaming, double rate) {
        long done = streaming == null ? 0 : streaming.transfer().bytes();
        double seconds = streaming == null ? 0 : streaming.elapsedNanos() / SECOND;
        Estimate estimate =
                state == JobState.COMPLETED
                        ? exactly(done)
                        : Estimate.best(work.estimate(), request, message).atLeast(done);
        boolean moving = state == JobState.STREAMING || state == JobState.CANCELLING;
        double average = seconds > 0 ? done / seconds : 0;
        return new Progress(
                done,
                estimate.bytes(),
                estimate.source(),
                (int) message.percent(),
                moving ? rate : 0,
                average,
                state == JobState.STREAMING
                        ? remaining(estimate.bytes() - done, rate, average)
                        : null);
    }

    private Estimate exactly(long done) {
        return new Estimate(done, work.estimate().source());
    }

    /** A rate limit makes pauses, in which only the average tells anything. */
    static @Nullable Duration remaining(long bytes, double rate, double average) {
        double pace = rate > 0 ? rate : average;
        return bytes <= 0 || pace <= 0 ? null : Duration.ofMillis((long) (bytes * 1000 / pace));
    }
}
