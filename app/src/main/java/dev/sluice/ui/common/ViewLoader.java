package dev.sluice.ui.common;

import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Loads views and gives each its controller, out of those it was told of. */
public final class ViewLoader {

    private final Texts texts;
    private final Map<Class<?>, Object> controllers = new HashMap<>();

    /** A loader that knows no controllers yet. */
    public ViewLoader(Texts texts) {
        this.texts = texts;
    }

    /** Makes a controller known; the FXML names its class. */
    public void add(Object controller) {
        controllers.put(controller.getClass(), controller);
    }

    /** Loads a view. Its controller must be known. */
    public Parent load(FxmlView view) {
        FXMLLoader loader = new FXMLLoader(view.url(), texts.bundle());
        loader.setControllerFactory(this::controller);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("The view " + view + " does not load", e);
        }
    }

    private Object controller(Class<?> type) {
        Object controller = controllers.get(type);
        if (controller == null) {
            throw new IllegalStateException("No controller was given for " + type.getName());
        }
        return controller;
    }
}
