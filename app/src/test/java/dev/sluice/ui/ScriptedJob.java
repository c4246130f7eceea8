package dev.sluice.ui;

import dev.sluice.job.BufferUse;
import dev.sluice.job.DrainStep;
import dev.sluice.job.Job;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** A job that is whatever the test says it is. */
public final class ScriptedJob implements Job {

    private static final Instant START = Instant.parse("2026-11-20T21:04:05Z");
    private static final Path SET =
            Path.of("/srv/backups/embedded/SluiceSample/20261120-210405-full");

    private static final List<BufferUse> MIX =
            List.of(
                    BufferUse.FREE,
                    BufferUse.SERVER,
                    BufferUse.QUEUED,
                    BufferUse.HELD,
                    BufferUse.CHECKING,
                    BufferUse.WRITING);

    private static final int RETURNED = 5;
    private static final int OUT = 3;

    private final List<Integer> interrupted = new ArrayList<>();
    private JobSnapshot now = streaming(4, 16).snapshot;
    private int cancels;

    /** Makes a snapshot, one part after the other. */
    public static final class Script {
        private JobSnapshot snapshot;

        private Script(JobSnapshot snapshot) {
            this.snapshot = snapshot;
        }

        /** In another state. */
        public Script state(JobState state) {
            return with(state, snapshot.devices(), snapshot.drain(), snapshot.told());
        }

        /** With other devices. */
        public Script devices(List<JobSnapshot.Device> devices) {
            return with(snapshot.state(), devices, snapshot.drain(), snapshot.told());
        }

        /** As a library shows a set of which it knows the client's end only. */
        public Script withUnknownQueues() {
            return devices(ScriptedJob.withUnknownQueues(snapshot.devices()));
        }

        /** With a drain. */
        public Script drain(List<DrainStep> drain) {
            return with(snapshot.state(), snapshot.devices(), drain, snapshot.told());
        }

        /** With a result. */
        public Script told(Told told) {
            return with(snapshot.state(), snapshot.devices(), snapshot.drain(), told);
        }

        private Script with(
                JobState state,
                List<JobSnapshot.Device> devices,
                List<DrainStep> drain,
                @Nullable Told told) {
            JobSnapshot old = snapshot;
            snapshot =
                    new JobSnapshot(
                            old.id(),
                            old.kind(),
                            old.server(),
                            old.database(),
                            state,
                            old.started(),
                            old.elapsed(),
                            old.progress(),
                            devices,
                            buffers(state, drain),
                            drain,
                            old.events(),
                            old.statement(),
                            old.set(),
                            told,
                            old.cancelTooLate(),
                            old.sequence());
            return this;
        }

        private List<BufferUse> buffers(JobState state, List<DrainStep> drain) {
            if (state.isTerminal()) {
                return List.of();
            }
            return drain.isEmpty()
                    ? snapshot.buffers()
                    : ScriptedJob.draining(snapshot.buffers().size());
        }

        /** With so much moved, and a rate. */
        public Script moved(long bytes, double bytesPerSecond) {
            JobSnapshot.Progress old = snapshot.progress();
            JobSnapshot all = snapshot;
            snapshot =
                    new JobSnapshot(
                            all.id(),
                            all.kind(),
                            all.server(),
                            all.database(),
                            all.state(),
                            all.started(),
                            all.elapsed(),
                            new JobSnapshot.Progress(
                                    bytes,
                                    old.bytesTotal(),
                                    old.source(),
                                    old.serverPercent(),
                                    bytesPerSecond,
                                    old.averageBytesPerSecond(),
                                    old.remaining()),
                            all.devices(),
                            all.buffers(),
                            all.drain(),
                            all.events(),
                            all.statement(),
                            all.set(),
                            all.told(),
                            all.cancelTooLate(),
                            all.sequence());
            return this;
        }

        /** As a restore. */
        public Script restore() {
            return with(JobKind.RESTORE, snapshot.events());
        }

        /** With a log of so many lines. */
        public Script lines(int count) {
            return with(
                    snapshot.kind(),
                    IntStream.range(0, count)
                            .mapToObj(i -> event(i, JobEvent.Level.SERVER, "Line " + i))
                            .toList());
        }

        private List<BufferUse> buffersOf(JobKind kind) {
            return snapshot.buffers().stream()
                    .map(
                            use ->
                                    use == BufferUse.WRITING && kind != JobKind.BACKUP
                                            ? BufferUse.READING
                                            : use)
                    .toList();
        }

        private Script with(JobKind kind, List<JobEvent> events) {
            JobSnapshot old = snapshot;
            snapshot =
                    new JobSnapshot(
                            old.id(),
                            kind,
                            old.server(),
                            old.database(),
                            old.state(),
                            old.started(),
                            old.elapsed(),
                            old.progress(),
                            old.devices(),
                            buffersOf(kind),
                            old.drain(),
                            events,
                            old.statement(),
                            old.set(),
                            old.told(),
                            old.cancelTooLate(),
                            old.sequence());
            return this;
        }

        /** What was made. */
        public JobSnapshot snapshot() {
            return snapshot;
        }
    }

    /** Devices of a set of which a library knows the client's end only. */
    public static List<JobSnapshot.Device> withUnknownQueues(List<JobSnapshot.Device> devices) {
        return devices.stream()
                .map(
                        device ->
                                new JobSnapshot.Device(
                                        device.index(),
                                        device.name(),
                                        device.stripe(),
                                        device.state(),
                                        device.command(),
                                        device.bytes(),
                                        device.bytesPerSecond(),
                                        device.inHand(),
                                        DeviceSetObservation.UNKNOWN,
                                        device.inState(),
                                        device.times()))
                .toList();
    }

    /** A backup in mid-stream. */
    public static Script streaming(int devices, int buffers) {
        return new Script(
                new JobSnapshot(
                        "20261120-210405-1",
                        JobKind.BACKUP,
                        "embedded",
                        "SluiceSample",
                        JobState.STREAMING,
                        START,
                        Duration.ofMillis(14_300),
                        new JobSnapshot.Progress(
                                1_234_567_890L,
                                3_221_225_472L,
                                JobSnapshot.EstimateSource.LAST_RUN,
                                35,
                                96_468_992,
                                88_120_320,
                                Duration.ofSeconds(21)),
                        busyDevices(devices),
                        buffers(buffers),
                        List.of(),
                        events(),
                        "BACKUP DATABASE [SluiceSample] TO VIRTUAL_DEVICE = N'x'",
                        SET,
                        null,
                        false,
                        JobSnapshot.Sequence.ALONE));
    }

    private static List<JobSnapshot.Device> busyDevices(int count) {
        JobSnapshot.DeviceState[] states = {
            JobSnapshot.DeviceState.IN_IO,
            JobSnapshot.DeviceState.WAITING,
            JobSnapshot.DeviceState.CHECKING,
            JobSnapshot.DeviceState.THROTTLED
        };
        List<JobSnapshot.Device> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            devices.add(device(i, states[i % states.length], Duration.ofMillis(40)));
        }
        return devices;
    }

    /** A device in a state. */
    public static JobSnapshot.Device device(
            int index, JobSnapshot.DeviceState state, Duration inState) {
        boolean waits = state == JobSnapshot.DeviceState.WAITING;
        return new JobSnapshot.Device(
                index,
                "Sluice-4f2a" + (index == 0 ? "" : "-" + (index + 1)),
                SET.resolve("stripe-%02d.bak.partial".formatted(index + 1)),
                state,
                waits ? "" : "VDC_Write",
                308_641_972L + index * 1_048_576L,
                22_020_096 + index * 262_144.0,
                waits ? 0 : 1 + index % 3,
                index % 4,
                inState,
                new JobSnapshot.Times(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4 + index),
                        Duration.ofSeconds(index == 3 ? 6 : 0)));
    }

    private static List<BufferUse> buffers(int count) {
        List<BufferUse> buffers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            buffers.add(MIX.get(i * 7 % 11 % MIX.size()));
        }
        return buffers;
    }

    /** Where there are enough, those that {@link #draining()} tells of. */
    private static List<BufferUse> draining(int count) {
        List<BufferUse> buffers = new ArrayList<>(Collections.nCopies(count, BufferUse.FREE));
        for (int i = 0; i < Math.min(RETURNED + OUT, count); i++) {
            buffers.set(i, i % 3 < 2 && i < 7 ? BufferUse.RETURNED : BufferUse.WRITING);
        }
        return buffers;
    }

    private static List<JobEvent> events() {
        return List.of(
                event(
                        0,
                        JobEvent.Level.INFO,
                        "Backup of SluiceSample to 4 devices under /srv/backups"),
                new JobEvent(
                        START.plusMillis(40),
                        JobEvent.Level.INFO,
                        Told.of("log.set", "Sluice-4f2a", 4)),
                event(
                        55,
                        JobEvent.Level.INFO,
                        "BACKUP DATABASE [SluiceSample] TO VIRTUAL_DEVICE = N'Sluice-4f2a',"
                                + " VIRTUAL_DEVICE = N'Sluice-4f2a-2' WITH FORMAT, CHECKSUM"),
                event(1_200, JobEvent.Level.SERVER, "10 percent processed."),
                event(2_400, JobEvent.Level.SERVER, "20 percent processed."),
                event(9_000, JobEvent.Level.WARNING, "Device 4 has been held by the rate limit"),
                event(12_100, JobEvent.Level.SERVER, "30 percent processed."));
    }

    private static JobEvent event(long millis, JobEvent.Level level, String text) {
        return new JobEvent(START.plusMillis(millis), level, text);
    }

    /** A drain that waits for buffers. */
    public static List<DrainStep> draining() {
        List<DrainStep> steps = new ArrayList<>();
        for (DrainStep.Phase phase : DrainStep.Phase.values()) {
            int order = phase.compareTo(DrainStep.Phase.BUFFERS_RETURNED);
            steps.add(
                    new DrainStep(
                            phase,
                            order < 0
                                    ? DrainStep.Status.DONE
                                    : order == 0
                                            ? DrainStep.Status.ACTIVE
                                            : DrainStep.Status.PENDING,
                            order < 0 ? Duration.ofMillis(3) : Duration.ofMillis(4_200),
                            told(phase)));
        }
        return steps;
    }

    private static Told told(DrainStep.Phase phase) {
        return switch (phase) {
            case STOP_REQUESTED -> Told.of("by.user");
            case BUFFERS_RETURNED ->
                    Told.of(
                            "drain.returning",
                            RETURNED,
                            RETURNED + OUT,
                            Told.of("drain.inIo", 2, Duration.ofMillis(4_100)));
            default -> Told.NOTHING;
        };
    }

    /** A drain that is over. */
    public static List<DrainStep> drained() {
        return draining().stream()
                .map(
                        step ->
                                new DrainStep(
                                        step.phase(),
                                        DrainStep.Status.DONE,
                                        step.elapsed(),
                                        Told.NOTHING))
                .toList();
    }

    /** What the job shall be from now on. */
    public void be(Script script) {
        now = script.snapshot();
    }

    /** How often it was asked to stop. */
    public int cancels() {
        return cancels;
    }

    /** The devices whose I/O was interrupted. */
    public List<Integer> interrupted() {
        return interrupted;
    }

    @Override
    public void start() {}

    @Override
    public CancelReply cancel(String who) {
        cancels++;
        now = new Script(now).state(JobState.CANCELLING).drain(draining()).snapshot();
        return CancelReply.ACCEPTED;
    }

    @Override
    public void interruptIo(int device) {
        interrupted.add(device);
    }

    @Override
    public JobSnapshot snapshot() {
        return now;
    }

    @Override
    public JobSnapshot await() {
        return now;
    }
}
