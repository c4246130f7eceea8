package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.TransferOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** An engine on a scratch folder, and the waits that tests of jobs need. */
final class Bench implements AutoCloseable {

    /** Far more than anything here takes: whoever waits so long waits for ever. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final Path home;
    final SluiceEngine engine;
    Path destination;

    Bench(Path home, SqlServer server) {
        this.home = home;
        this.engine = new SluiceEngine(Folders.under(home), List.of(server));
        this.destination = home.resolve("backups");
    }

    BackupRequest backup(int devices) {
        return new BackupRequest(
                "scripted",
                "Sales",
                BackupType.FULL,
                false,
                false,
                destination,
                devices,
                TransferOptions.DEFAULT,
                0);
    }

    RestoreRequest restore(Path set, @Nullable String database) {
        return new RestoreRequest(
                "scripted",
                set,
                database,
                RestoreRequest.Options.PLAIN,
                TransferOptions.DEFAULT,
                0);
    }

    Job start(JobRequest request) {
        Job job = engine.job(request, "a test");
        job.start();
        return job;
    }

    JobSnapshot run(JobRequest request) throws InterruptedException {
        return await(start(request));
    }

    /** Ends the test with everything known about the job when it does not end. */
    static JobSnapshot await(Job job) {
        until(job, () -> job.snapshot().state().isTerminal());
        return job.snapshot();
    }

    static void awaitState(Job job, JobState state) {
        until(job, () -> job.snapshot().state() == state);
    }

    static void until(Job job, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s", job.snapshot()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
    }

    /** A line of the drain's checklist. */
    static DrainStep step(JobSnapshot snapshot, DrainStep.Phase phase) {
        return snapshot.drain().stream()
                .filter(step -> step.phase() == phase)
                .findFirst()
                .orElseThrow();
    }

    /** The map of the buffers and the checklist tell the same of what is back. */
    static void assertDrainAgrees(JobSnapshot now) {
        if (now.buffers().isEmpty() || now.drain().isEmpty()) {
            return;
        }
        DrainStep returning = step(now, DrainStep.Phase.BUFFERS_RETURNED);
        int back = Collections.frequency(now.buffers(), BufferUse.RETURNED);
        int all = back + now.outstanding();
        if (returning.status() == DrainStep.Status.PENDING) {
            assertThat(back).as("%s", now).isZero();
        } else if (all > 0) {
            String told = "%d of %d buffers returned".formatted(back, all);
            assertThat(returning.detail()).as("%s", now).startsWith(told);
        }
    }

    static boolean isDone(Job job, DrainStep.Phase phase) {
        JobSnapshot snapshot = job.snapshot();
        return !snapshot.drain().isEmpty()
                && step(snapshot, phase).status() == DrainStep.Status.DONE;
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for a latch", e);
        }
    }

    /** Every file under the destination, by its path inside it. */
    List<String> files() throws IOException {
        Path real = FaultyFileSystem.unwrap(destination);
        if (!Files.exists(real)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(real)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> real.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    RunRecord lastRun() throws IOException {
        return engine.history().list().getFirst();
    }

    @Override
    public void close() {
        engine.close();
    }
}
