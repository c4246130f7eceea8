package dev.sluice.cli;

import dev.sluice.job.BufferUse;
import dev.sluice.job.DrainStep;
import dev.sluice.job.DrainStep.Phase;
import dev.sluice.job.DrainStep.Status;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobSnapshot.Device;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.job.JobSnapshot.EstimateSource;
import dev.sluice.job.JobSnapshot.Progress;
import dev.sluice.job.JobState;
import dev.sluice.ui.ScriptedJob;
import dev.sluice.words.Told;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Makes snapshots of jobs as the views get them. */
final class Snapshots {

    static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

    private JobKind kind = JobKind.BACKUP;
    private JobState state = JobState.STREAMING;
    private Progress progress = Progress.NONE;
    private List<Device> devices = List.of();
    private List<BufferUse> buffers = List.of();
    private List<DrainStep> drain = List.of();
    private List<JobEvent> events = List.of();

    static Snapshots of(JobState state) {
        Snapshots snapshots = new Snapshots();
        snapshots.state = state;
        return snapshots;
    }

    Snapshots kind(JobKind kind) {
        this.kind = kind;
        return this;
    }

    Snapshots progress(long done, long total) {
        this.progress =
                new Progress(
                        done,
                        total,
                        EstimateSource.LAST_RUN,
                        -1,
                        24 << 20,
                        20 << 20,
                        Duration.ofSeconds(6));
        return this;
    }

    Snapshots devices(int count, DeviceState doing) {
        devices = IntStream.range(0, count).mapToObj(index -> device(index, doing)).toList();
        return this;
    }

    /** As a library shows a set of which it knows the client's end only. */
    Snapshots withUnknownQueues() {
        devices = ScriptedJob.withUnknownQueues(devices);
        return this;
    }

    Snapshots buffers(BufferUse... uses) {
        buffers = List.of(uses);
        return this;
    }

    Snapshots drained(int done) {
        List<DrainStep> steps = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            int step = steps.size();
            Status status =
                    step < done ? Status.DONE : step == done ? Status.ACTIVE : Status.PENDING;
            Told told =
                    phase == Phase.BUFFERS_RETURNED
                            ? Told.of("drain.returned", 3, 8)
                            : Told.NOTHING;
            steps.add(new DrainStep(phase, status, Duration.ofMillis(400), told));
        }
        drain = steps;
        return this;
    }

    Snapshots events(String... texts) {
        events =
                Arrays.stream(texts)
                        .map(text -> new JobEvent(STARTED, JobEvent.Level.WARNING, text))
                        .toList();
        return this;
    }

    JobSnapshot snapshot() {
        return new JobSnapshot(
                "job-1",
                kind,
                "embedded",
                "SluiceSample",
                state,
                STARTED,
                Duration.ofMillis(1500),
                progress,
                devices,
                buffers,
                drain,
                events,
                "BACKUP DATABASE …",
                Path.of("/backups/set"),
                state.isTerminal() ? Told.asIs("the result") : null,
                false,
                JobSnapshot.Sequence.ALONE);
    }

    private static Device device(int index, DeviceState doing) {
        return new Device(
                index,
                "set-" + index,
                Path.of("/backups/set/stripe-0" + (index + 1) + ".bak.partial"),
                doing,
                "VDC_Write",
                3 << 20,
                12 << 20,
                1,
                2,
                Duration.ofSeconds(12),
                JobSnapshot.Times.NONE);
    }
}
