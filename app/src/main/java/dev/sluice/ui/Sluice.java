package dev.sluice.ui;

import javafx.application.Application;
import javafx.stage.Stage;

import java.util.function.Consumer;

/**
 * The application, as the toolkit wants it. On X11 the name of this class is its windows' class, by
 * which a desktop finds the menu entry, and with it name and icon.
 */
public final class Sluice extends Application {

    // the toolkit makes the instance, and hands over nothing but texts
    private static volatile Consumer<Stage> opening = stage -> {};

    /** Called by the toolkit. */
    public Sluice() {}

    /**
     * Starts the toolkit, and returns when its last window is closed. Once in a process.
     *
     * @param open opens the window; on the FX thread
     */
    static void run(Consumer<Stage> open) {
        opening = open;
        launch(Sluice.class);
    }

    @Override
    public void start(Stage stage) {
        opening.accept(stage);
    }
}
