package dev.sluice.ui.common;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

import javafx.application.Application;
import javafx.scene.Scene;

import java.util.Objects;

/**
 * How the window looks: a base theme, the tokens that go with it, and one structural stylesheet.
 */
public enum Theme {
    /** Dark on light. */
    LIGHT("tokens-light.css"),
    /** Light on dark. */
    DARK("tokens-dark.css");

    private final String tokens;

    Theme(String tokens) {
        this.tokens = tokens;
    }

    /** Gives the application and a scene this look. */
    public void apply(Scene scene) {
        Application.setUserAgentStylesheet(
                this == LIGHT
                        ? new PrimerLight().getUserAgentStylesheet()
                        : new PrimerDark().getUserAgentStylesheet());
        scene.getStylesheets().setAll(stylesheet(tokens), stylesheet("sluice.css"));
    }

    private static String stylesheet(String name) {
        return Objects.requireNonNull(
                        Theme.class.getResource("/dev/sluice/ui/" + name), "no resource " + name)
                .toExternalForm();
    }
}
