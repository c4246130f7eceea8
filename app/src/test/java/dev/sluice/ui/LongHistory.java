package dev.sluice.ui;

import dev.sluice.benchmark.Rounds;
import dev.sluice.job.Folders;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.Settings;
import dev.sluice.job.SluiceEngine;
import dev.sluice.ui.common.FxThread;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.Theme;
import dev.sluice.ui.history.OutcomeFilter;
import dev.sluice.ui.shell.Page;

import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import javafx.stage.Window;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How long a history of many runs keeps people waiting: read for the first time and again, shown,
 * and filtered by a text and by outcome, each until the table is laid out. Prints medians.
 *
 * <p>Usage: {@code LongHistory FOLDER RUNS ROUNDS}. The folder is made and removed.
 */
final class LongHistory {

    private static final double NANOS = 1e6;

    private LongHistory() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        int runs = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        Rounds.quieten();
        Rounds.delete(folder);
        Folders folders = Folders.under(folder);
        folders.create();
        HistoryRows.write(folders, HistoryRows.ofYears(runs));
        try {
            double[] first = new double[rounds];
            double[] again = new double[rounds];
            double[] opening = new double[rounds];
            double[] text = new double[rounds];
            double[] outcome = new double[rounds];
            Platform.startup(LongHistory::openStage);
            for (int round = 0; round < rounds; round++) {
                try (SluiceEngine engine = new SluiceEngine(folders, List.of())) {
                    first[round] = millis(engine.history()::list);
                    again[round] = millis(engine.history()::list);
                    int now = round;
                    onFxThread(
                            () -> {
                                Stage stage = (Stage) Window.getWindows().getFirst();
                                WindowParts parts = open(engine, folder, stage);
                                opening[now] = opening(parts, stage);
                                text[now] = filterByText(parts, stage);
                                outcome[now] = filterByOutcome(parts, stage);
                            });
                }
            }
            System.out.printf("%,d runs, medians of %d rounds:%n", runs, rounds);
            print("read for the first time", first);
            print("read again", again);
            print("the page opened", opening);
            print("filtered by a text", text);
            print("filtered by outcome", outcome);
        } finally {
            Rounds.delete(folder);
        }
        // the toolkit's threads would live on
        System.exit(0);
    }

    private static void print(String what, double[] millis) {
        System.out.printf(
                "%-24s %8.1f ms, at most %.1f%n",
                what, Rounds.median(millis), Arrays.stream(millis).max().orElseThrow());
    }

    /** Something to be timed. */
    private interface Work {
        void run() throws Exception;
    }

    private static double millis(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS;
    }

    private static void openStage() {
        Stage stage = new Stage();
        stage.setScene(new Scene(new Pane(), 1280, 800));
        stage.show();
    }

    private static WindowParts open(SluiceEngine engine, Path folder, Stage stage) {
        WindowParts parts =
                new WindowParts(
                        engine,
                        folder.resolve("sets"),
                        new SameThread(),
                        new SilentPrompts(),
                        Texts.load("en"),
                        Settings.DEFAULT);
        Scene scene = new Scene(parts.load(), 1280, 800);
        Theme.LIGHT.apply(scene);
        stage.setScene(scene);
        parts.start();
        layOut(stage);
        return parts;
    }

    private static void layOut(Stage stage) {
        Parent root = stage.getScene().getRoot();
        root.applyCss();
        root.layout();
    }

    private static double opening(WindowParts parts, Stage stage) throws Exception {
        return millis(
                () -> {
                    parts.shell().page().set(Page.HISTORY);
                    layOut(stage);
                });
    }

    private static double filterByText(WindowParts parts, Stage stage) throws Exception {
        return millis(
                () -> {
                    parts.history().text().set("sales7");
                    layOut(stage);
                });
    }

    private static double filterByOutcome(WindowParts parts, Stage stage) throws Exception {
        double filtering =
                millis(
                        () -> {
                            parts.history().outcome().set(OutcomeFilter.TROUBLED);
                            layOut(stage);
                        });
        parts.stop();
        return filtering;
    }

    private static void onFxThread(Work work) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        FxThread.later(
                () -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (Exception | Error e) {
                        done.completeExceptionally(e);
                    }
                });
        done.get();
    }
}
