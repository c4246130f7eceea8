package dev.sluice.ui;

import dev.sluice.job.Folders;
import dev.sluice.job.Job;
import dev.sluice.job.Settings;
import dev.sluice.job.SettingsStore;
import dev.sluice.job.SluiceEngine;
import dev.sluice.job.WindowPlace;
import dev.sluice.job.WindowPlace.Area;
import dev.sluice.job.WindowPlaceStore;
import dev.sluice.ui.common.Crashes;
import dev.sluice.ui.common.DialogPrompts;
import dev.sluice.ui.common.FxThread;
import dev.sluice.ui.common.IconFonts;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.notify.Notifications;

import javafx.event.EventHandler;
import javafx.scene.Group;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The window of Sluice. It works on an engine that the caller owns, and closes after the window.
 */
public final class SluiceWindow {

    private static final Logger LOG = LoggerFactory.getLogger(SluiceWindow.class);
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final double LEAST_WIDTH = 1024;
    private static final double LEAST_HEIGHT = 700;

    /**
     * The settings the window begins with.
     *
     * @param problem why they are not those that were saved; null when they are
     * @param place where the window was; empty at the first start
     */
    private record Preferences(
            Settings settings, @Nullable IOException problem, Optional<WindowPlace> place) {

        static Preferences of(SluiceEngine engine) {
            Optional<WindowPlace> place = place(engine.folders());
            try {
                return new Preferences(SettingsStore.of(engine.folders()).load(), null, place);
            } catch (IOException e) {
                return new Preferences(Settings.DEFAULT, e, place);
            }
        }

        private static Optional<WindowPlace> place(Folders folders) {
            try {
                return WindowPlaceStore.of(folders).load();
            } catch (IOException e) {
                LOG.warn("the window opens at its usual place", e);
                return Optional.empty();
            }
        }
    }

    /**
     * What a closed window leaves.
     *
     * @param jobs those that go on
     * @param silentSuccess as in the settings
     */
    private record Left(WindowPlace place, List<Job> jobs, boolean silentSuccess) {}

    private final Stage stage;
    private final FxThread background = new FxThread();
    private final Texts texts;
    private final Preferences preferences;
    private final Folders folders;
    private final CompletableFuture<Left> left = new CompletableFuture<>();
    private final EventHandler<WindowEvent> onClose = this::closeRequested;
    private final EventHandler<WindowEvent> onHidden = hidden -> closed();
    private @Nullable UncaughtExceptionHandler handlerBefore;
    private WindowPlace place = new WindowPlace(0, 0, WIDTH, HEIGHT, false);
    private final Prompts prompts;
    private final WindowParts parts;
    private final Ends ends;

    private SluiceWindow(
            SluiceEngine engine,
            Path destination,
            Preferences preferences,
            Notifications notifications,
            Stage stage) {
        this.stage = stage;
        this.texts = Texts.load(preferences.settings().language());
        // numbers, dates and the toolkit's own texts follow
        Locale.setDefault(texts.locale());
        this.preferences = preferences;
        this.folders = engine.folders();
        this.prompts = new DialogPrompts(texts, () -> stage);
        this.parts =
                new WindowParts(
                        engine, destination, background, prompts, texts, preferences.settings());
        this.ends =
                new Ends(
                        stage.focusedProperty(),
                        stage.titleProperty(),
                        parts.jobs(),
                        parts.settings(),
                        notifications,
                        background,
                        texts);
    }

    /**
     * Starts the toolkit, opens the window and waits until it is closed and the jobs that it left
     * to themselves have ended. Not on the FX thread.
     *
     * @param engine servers, jobs, profiles, history
     * @param destination the folder for backups to propose as long as there is no history
     * @param profile an exported profile to take in at once
     */
    public static void openAndWait(SluiceEngine engine, Path destination, Optional<Path> profile)
            throws InterruptedException {
        Preferences preferences = Preferences.of(engine);
        CompletableFuture<SluiceWindow> opened = new CompletableFuture<>();
        Sluice.run(
                stage -> opened.complete(open(engine, destination, profile, preferences, stage)));
        opened.join().awaitEnd();
    }

    private static SluiceWindow open(
            SluiceEngine engine,
            Path destination,
            Optional<Path> profile,
            Preferences preferences,
            Stage stage) {
        SluiceWindow window =
                new SluiceWindow(
                        engine,
                        destination,
                        preferences,
                        Notifications.ofThisMachine(System.getenv()),
                        stage);
        window.show();
        profile.ifPresent(window::take);
        return window;
    }

    /**
     * Waits until the window is closed, keeps its place, and waits until the jobs that were left to
     * themselves have ended. Not on the FX thread.
     */
    void awaitEnd() throws InterruptedException {
        Left behind = left.join();
        try {
            WindowPlaceStore.of(folders).save(behind.place());
        } catch (IOException e) {
            LOG.warn("the place of the window is not kept", e);
        }
        ends.tellOf(behind.jobs(), behind.silentSuccess());
    }

    /** Opens the window on a stage that is not shown yet. On the FX thread. */
    static SluiceWindow open(
            SluiceEngine engine, Path destination, Notifications notifications, Stage stage) {
        SluiceWindow window =
                new SluiceWindow(engine, destination, Preferences.of(engine), notifications, stage);
        window.show();
        return window;
    }

    /** Imports a profile that was exported to this file, or tells why not. On the FX thread. */
    void take(Path profile) {
        parts.sidebar().importFrom(profile, prompts::replaceProfile);
    }

    /** What the window is made of. */
    WindowParts parts() {
        return parts;
    }

    private void show() {
        IconFonts.fromFiles();
        // dressed before the first control is made, which would have the usual look read
        Scene scene = new Scene(new Group(), WIDTH, HEIGHT);
        parts.appearance().dress(scene);
        scene.setRoot(parts.load());
        Accelerators.addTo(scene, parts::cancelJob);
        stage.setScene(scene);
        stage.setTitle(texts.get("shell.title"));
        stage.getIcons().setAll(WindowIcons.load());
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.addEventHandler(WindowEvent.WINDOW_CLOSE_REQUEST, onClose);
        stage.addEventHandler(WindowEvent.WINDOW_HIDDEN, onHidden);
        handlerBefore = Thread.currentThread().getUncaughtExceptionHandler();
        Thread.currentThread().setUncaughtExceptionHandler(new Crashes(prompts));
        preferences.place().ifPresent(this::restore);
        stage.show();
        stage.xProperty().subscribe(this::remember);
        stage.yProperty().subscribe(this::remember);
        stage.widthProperty().subscribe(this::remember);
        stage.heightProperty().subscribe(this::remember);
        stage.maximizedProperty().subscribe(this::remember);
        remember();
        parts.start();
        IOException problem = preferences.problem();
        if (problem != null) {
            parts.notices().error(problem);
        }
    }

    private void restore(WindowPlace before) {
        List<Area> screens =
                Screen.getScreens().stream()
                        .map(Screen::getVisualBounds)
                        .map(
                                bounds ->
                                        new Area(
                                                bounds.getMinX(),
                                                bounds.getMinY(),
                                                bounds.getWidth(),
                                                bounds.getHeight()))
                        .toList();
        place = before.broughtBack(screens);
        stage.setX(place.x());
        stage.setY(place.y());
        stage.setWidth(place.width());
        stage.setHeight(place.height());
        stage.setMaximized(place.maximised());
    }

    // a window that fills the screen, or is an icon, keeps the place that it would return to
    private void remember() {
        if (stage.isMaximized()) {
            place = new WindowPlace(place.x(), place.y(), place.width(), place.height(), true);
        } else if (stage.isShowing() && !stage.isIconified()) {
            place =
                    new WindowPlace(
                            stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), false);
        }
    }

    // What drains must be seen to drain.
    private void closeRequested(WindowEvent request) {
        if (parts.jobs().running().get() == 0) {
            return;
        }
        request.consume();
        switch (prompts.closing(parts.jobs().running())) {
            case GO_ON -> stage.close();
            case CANCEL -> {
                parts.jobs().running().subscribe(this::closeWhenEnded);
                parts.jobs().cancelAll();
            }
            case STAY -> {}
        }
    }

    private void closeWhenEnded(Number running) {
        if (running.intValue() == 0) {
            stage.close();
        }
    }

    private void closed() {
        stage.removeEventHandler(WindowEvent.WINDOW_CLOSE_REQUEST, onClose);
        stage.removeEventHandler(WindowEvent.WINDOW_HIDDEN, onHidden);
        Thread.currentThread().setUncaughtExceptionHandler(handlerBefore);
        parts.stop();
        background.close();
        boolean silentSuccess = parts.settings().silentSuccess().get();
        left.complete(new Left(place, parts.jobs().unfinished(), silentSuccess));
    }
}
