package dev.sluice.ui;

import dev.sluice.benchmark.Rounds;
import dev.sluice.job.BackupRequest;
import dev.sluice.job.Folders;
import dev.sluice.job.Job;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.Settings;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.embedded.SampleDatabase;
import dev.sluice.ui.common.FxThread;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.Theme;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What it costs a backup to be watched: the same backup at full speed, with 64 devices and 1,024
 * buffers, turn by turn with its view in the window and with nobody looking. Prints both rates and
 * their ratio, and how much of a processor the window's threads took. At last the frames are
 * counted of two more runs, for counting asks for frames that a window at rest would not make.
 *
 * <p>Usage: {@code WatchedBackup FOLDER MEBIBYTES ROUNDS}. The folder is made and removed.
 */
@SuppressWarnings("NullAway.Init") // the window is opened on the FX thread
final class WatchedBackup {

    private static final String DATABASE = "Benchmark";
    private static final int DEVICES = 64;
    private static final int FRAME_RUNS = 2;
    private static final TransferOptions BUFFERS = new TransferOptions(65_536, 1024, 65_536);

    private final SluiceEngine engine;
    private final Path folder;
    private final Cost cost = new Cost();
    private final Frames frames = new Frames();
    private WindowParts parts;

    private WatchedBackup(SluiceEngine engine, Path folder) {
        this.engine = engine;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        long size = Long.parseLong(args[1]) << 20;
        int rounds = Integer.parseInt(args[2]);
        Rounds.quieten();
        Rounds.delete(folder);
        Folders folders = Folders.under(folder.resolve("home"));
        folders.create();
        EmbeddedVdi vdi = new EmbeddedVdi();
        try (EmbeddedServer server = new EmbeddedServer(folders.data(), vdi);
                SluiceEngine engine = new SluiceEngine(folders, List.of(server))) {
            System.out.printf("making a database of %,d MiB%n", size >> 20);
            SampleDatabase.create(server, DATABASE, size);
            WatchedBackup benchmark = new WatchedBackup(engine, folder);
            Platform.startup(benchmark::open);
            benchmark.run(rounds);
        } finally {
            Rounds.delete(folder);
        }
        // the toolkit's threads would live on
        System.exit(0);
    }

    private void open() {
        Texts texts = Texts.load("en");
        parts =
                new WindowParts(
                        engine,
                        folder.resolve("sets"),
                        new FxThread(),
                        new SilentPrompts(),
                        texts,
                        Settings.DEFAULT);
        Scene scene = new Scene(parts.load(), 1280, 800);
        Theme.LIGHT.apply(scene);
        Stage stage = new Stage();
        stage.setScene(scene);
        stage.show();
        parts.start();
    }

    private void run(int rounds) throws Exception {
        double[] alone = new double[rounds];
        double[] watched = new double[rounds];
        backUp(Audience.NOBODY);
        backUp(Audience.WINDOW);
        cost.forget();
        for (int round = 0; round < rounds; round++) {
            // now one first, now the other: what a round leaves behind must help neither
            boolean first = round % 2 == 0;
            double one = backUp(first ? Audience.WINDOW : Audience.NOBODY);
            double other = backUp(first ? Audience.NOBODY : Audience.WINDOW);
            watched[round] = first ? one : other;
            alone[round] = first ? other : one;
            System.out.printf(
                    "round %d: alone %,.0f MiB/s, watched %,.0f MiB/s, ratio %.3f%n",
                    round + 1, alone[round], watched[round], watched[round] / alone[round]);
        }
        double[] ratios = new double[rounds];
        Arrays.setAll(ratios, round -> watched[round] / alone[round]);
        System.out.printf(
                "%d devices, 1,024 buffers: median ratio, watched to alone: %.3f%n",
                DEVICES, Rounds.median(ratios));
        System.out.println(cost);
        for (int run = 0; run < FRAME_RUNS; run++) {
            backUp(Audience.FRAMES);
        }
        System.out.println(frames);
    }

    /** Who looks at a backup. */
    private enum Audience {
        NOBODY,
        WINDOW,
        FRAMES
    }

    /** Returns MiB a second. */
    private double backUp(Audience audience) throws Exception {
        BackupRequest request =
                new BackupRequest(
                        "embedded",
                        DATABASE,
                        BackupType.FULL,
                        false,
                        true,
                        folder.resolve("sets"),
                        DEVICES,
                        BUFFERS,
                        0);
        Job job = engine.backup(request, "benchmark");
        if (audience != Audience.NOBODY) {
            onFxThread(() -> parts.shell().show(parts.jobs().add(job)));
            awaitFrames(30);
            onFxThread(audience == Audience.FRAMES ? frames::start : cost::start);
        }
        long start = System.nanoTime();
        job.start();
        JobSnapshot end = job.await();
        long nanos = System.nanoTime() - start;
        if (audience != Audience.NOBODY) {
            onFxThread(audience == Audience.FRAMES ? frames::stop : cost::stop);
            onFxThread(this::putAway);
        }
        if (end.state() != JobState.COMPLETED) {
            throw new IllegalStateException("the backup ended " + end.state() + ": " + end);
        }
        Rounds.delete(folder.resolve("sets"));
        return end.progress().bytesDone() / 1048576.0 / (nanos / 1e9);
    }

    /** Until the view that was opened has come to rest: its opening is no part of the watching. */
    private static void awaitFrames(int number) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        AnimationTimer timer =
                new AnimationTimer() {
                    private int seen;

                    @Override
                    public void handle(long now) {
                        if (++seen == number) {
                            stop();
                            done.complete(null);
                        }
                    }
                };
        onFxThread(timer::start);
        done.get();
    }

    private void putAway() {
        parts.jobs().sample();
        List.copyOf(parts.jobs().jobs()).forEach(parts.jobs()::putAway);
    }

    private static void onFxThread(Runnable action) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        FxThread.later(
                () -> {
                    action.run();
                    done.complete(null);
                });
        done.get();
    }

    /** What the window's two threads cost. Started and stopped on the FX thread. */
    private static final class Cost {

        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private long started;
        private long spentBefore;
        private long nanos;
        private long spent;

        void forget() {
            nanos = 0;
            spent = 0;
        }

        void start() {
            started = System.nanoTime();
            spentBefore = spent();
        }

        void stop() {
            nanos += System.nanoTime() - started;
            spent += spent() - spentBefore;
        }

        private long spent() {
            long sum = threads.getCurrentThreadCpuTime();
            for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
                if (thread != null && thread.getThreadName().startsWith("QuantumRenderer")) {
                    sum += threads.getThreadCpuTime(thread.getThreadId());
                }
            }
            return sum;
        }

        @Override
        public String toString() {
            return String.format(
                    "the window's threads took %.1f %% of a processor", 100.0 * spent / nanos);
        }
    }

    /** Counts the pulses of the FX thread. */
    private static final class Frames extends AnimationTimer {

        private long last;
        private long count;
        private long nanos;
        private long worst;
        private long late;

        @Override
        public void start() {
            last = 0;
            super.start();
        }

        @Override
        public void handle(long now) {
            if (last != 0) {
                count++;
                nanos += now - last;
                worst = Math.max(worst, now - last);
                late += now - last > 33_000_000 ? 1 : 0;
            }
            last = now;
        }

        @Override
        public String toString() {
            return String.format(
                    "the FX thread: %.1f frames a second, %.2f %% later than 33 ms, the latest %d"
                            + " ms",
                    count * 1e9 / nanos, 100.0 * late / count, worst / 1_000_000);
        }
    }
}
