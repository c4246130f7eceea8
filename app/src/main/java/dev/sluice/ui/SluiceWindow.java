package dev.sluice.ui;

import dev.sluice.job.Settings;
import dev.sluice.job.SettingsStore;
import dev.sluice.job.SluiceEngine;
import dev.sluice.ui.common.DialogPrompts;
import dev.sluice.ui.common.FxThread;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Texts;

import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The window of Sluice. It works on an engine that the caller owns, and closes after the window.
 */
public final class SluiceWindow {

    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final double LEAST_WIDTH = 1024;
    private static final double LEAST_HEIGHT = 700;

    /**
     * The settings the window begins with.
     *
     * @param problem why they are not those that were saved; null when they are
     */
    private record Preferences(Settings settings, @Nullable IOException problem) {

        static Preferences of(SluiceEngine engine) {
            try {
                return new Preferences(SettingsStore.of(engine.folders()).load(), null);
            } catch (IOException e) {
                return new Preferences(Settings.DEFAULT, e);
            }
        }
    }

    private final Stage stage;
    private final FxThread background = new FxThread();
    private final Texts texts;
    private final @Nullable IOException problem;
    private final Prompts prompts;
    private final WindowParts parts;

    private SluiceWindow(
            SluiceEngine engine, Path destination, Preferences preferences, Stage stage) {
        this.stage = stage;
        this.texts = Texts.load(preferences.settings().language());
        this.problem = preferences.problem();
        this.prompts = new DialogPrompts(texts, () -> stage);
        this.parts =
                new WindowParts(
                        engine, destination, background, prompts, texts, preferences.settings());
    }

    /**
     * Starts the toolkit, opens the window and waits until it is closed, which a running job holds
     * up until it has drained. Not on the FX thread.
     *
     * @param engine servers, jobs, profiles, history
     * @param destination the folder for backups to propose as long as there is no history
     */
    public static void openAndWait(SluiceEngine engine, Path destination)
            throws InterruptedException {
        Preferences preferences = Preferences.of(engine);
        CountDownLatch closed = new CountDownLatch(1);
        FxThread.start(
                () -> {
                    Stage stage = new Stage();
                    stage.setOnHidden(hidden -> closed.countDown());
                    new SluiceWindow(engine, destination, preferences, stage).show();
                });
        closed.await();
    }

    /** Opens the window on a stage that is not shown yet. On the FX thread. */
    static SluiceWindow open(SluiceEngine engine, Path destination, Stage stage) {
        SluiceWindow window = new SluiceWindow(engine, destination, Preferences.of(engine), stage);
        window.show();
        return window;
    }

    /** What the window is made of. */
    WindowParts parts() {
        return parts;
    }

    private void show() {
        Scene scene = new Scene(parts.load(), WIDTH, HEIGHT);
        parts.appearance().dress(scene);
        Accelerators.addTo(scene);
        stage.setScene(scene);
        stage.setTitle(texts.get("shell.title"));
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.addEventHandler(WindowEvent.WINDOW_CLOSE_REQUEST, this::closeRequested);
        stage.addEventHandler(WindowEvent.WINDOW_HIDDEN, hidden -> closed());
        stage.show();
        parts.start();
        if (problem != null) {
            parts.notices().error(problem);
        }
    }

    // The window outlives its job: what drains must be seen to drain.
    private void closeRequested(WindowEvent request) {
        if (parts.jobs().running().get() == 0) {
            return;
        }
        request.consume();
        if (prompts.cancelAndClose()) {
            parts.jobs().running().subscribe(this::closeWhenEnded);
            parts.jobs().cancelAll();
        }
    }

    private void closeWhenEnded(Number running) {
        if (running.intValue() == 0) {
            stage.close();
        }
    }

    private void closed() {
        parts.stop();
        background.close();
    }
}
