package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupAsk;
import dev.sluice.job.BackupRequest;
import dev.sluice.job.DrainStep;
import dev.sluice.job.Folders;
import dev.sluice.job.Job;
import dev.sluice.job.JobRequest;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.RunRecord;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The engine in front of a {@link SqlServerDouble}, on a scratch folder. */
final class SqlServerBench implements AutoCloseable {

    /** Small, so that there are many commands; the recorded streams have blocks of this size. */
    static final TransferOptions SIZES = new TransferOptions(Recording.BLOCK_SIZE, 0, 65536);

    final SqlServerDouble server;
    final SluiceEngine engine;
    final Path destination;
    private final Folders folders;

    SqlServerBench(Path home) throws Exception {
        server = new SqlServerDouble();
        folders = Folders.under(home);
        engine = new SluiceEngine(folders, List.of(server.asAdded()));
        destination = home.resolve("backups");
    }

    /** With checksums, which only the recorded chain has. */
    BackupRequest backup(String database, BackupType type, int devices) {
        return backup(List.of(database), type, devices, true);
    }

    /** With checksums, and with what the test says besides. */
    static BackupAsk ask(String database, BackupType type) {
        return new BackupAsk(SqlServerDouble.NAME, type, database).sizes(SIZES);
    }

    BackupRequest backup(List<String> databases, BackupType type, int devices, boolean checksum) {
        return new BackupAsk(SqlServerDouble.NAME, type, databases.toArray(String[]::new))
                .sizes(SIZES)
                .checksum(checksum)
                .devices(devices)
                .to(destination);
    }

    /**
     * @param sets in their order
     * @param database null for the name in the sets
     */
    static RestoreRequest restore(
            List<Path> sets, @Nullable String database, RestoreRequest.Options options) {
        return new RestoreRequest(SqlServerDouble.NAME, sets, database, options, SIZES, 0);
    }

    /** A database that must be there. */
    ServerDatabase database(String name) {
        return Objects.requireNonNull(server.find(name), name);
    }

    /** The statements so far that restore. */
    List<String> restores() {
        return server.statements().stream()
                .filter(
                        text ->
                                text.startsWith("RESTORE DATABASE")
                                        || text.startsWith("RESTORE LOG"))
                .toList();
    }

    /** Another process with the same folders. */
    SluiceEngine anotherEngine() throws Exception {
        return new SluiceEngine(folders, List.of(server.asAdded()));
    }

    SluiceEngine engineWithWrongPassword() throws Exception {
        return new SluiceEngine(folders, List.of(server.asAddedWithWrongPassword()));
    }

    Job start(JobRequest request) {
        Job job = engine.job(request, "a test");
        job.start();
        return job;
    }

    Job start(BackupAsk ask) {
        return start(ask.to(destination));
    }

    /** As the other. */
    Path complete(BackupAsk ask) {
        return complete(ask.to(destination));
    }

    /** Runs a restore that must succeed, with the sizes of each set. */
    JobSnapshot restore(String database, RestoreRequest.Options options, Path... sets) {
        JobSnapshot end = tryToRestore(database, options, sets);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        return end;
    }

    /** Runs a restore that may fail. */
    JobSnapshot tryToRestore(String database, RestoreRequest.Options options, Path... sets) {
        return run(restore(List.of(sets), database, options));
    }

    JobSnapshot run(JobRequest request) {
        return await(start(request));
    }

    /** Runs a job that must succeed, and gives the folder of its set. */
    Path complete(JobRequest request) {
        JobSnapshot end = run(request);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        return set(end);
    }

    /** The folder of the job's set. */
    static Path set(JobSnapshot end) {
        return Objects.requireNonNull(end.set());
    }

    /** The folder of the run's set. */
    static Path set(RunRecord run) {
        return Objects.requireNonNull(run.set());
    }

    /** Whether a step of the drain is done. */
    static boolean isDone(Job job, DrainStep.Phase phase) {
        return job.snapshot().drain().stream()
                .anyMatch(step -> step.phase() == phase && step.status() == DrainStep.Status.DONE);
    }

    /** Ends the test with everything known about the job when it does not end. */
    static JobSnapshot await(Job job) {
        until(job, () -> job.snapshot().state().isTerminal());
        return job.snapshot();
    }

    static void until(Job job, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DeviceEnd.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s", job.snapshot()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
    }

    /** Waits until the stop has reached the device set: the server may go on then. */
    static void untilAborted(Job job) {
        until(job, () -> isDone(job, DrainStep.Phase.SIGNAL_ABORT_SENT));
    }

    /** Every file under the destination. */
    List<Path> files() throws IOException {
        if (!Files.exists(destination)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(destination)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        engine.close();
        server.close();
    }
}
