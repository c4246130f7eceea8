package dev.sluice.ui.settings;

import dev.sluice.job.Settings;
import dev.sluice.ui.common.Theme;

import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Scene;
import javafx.util.Subscription;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Keeps a window looking as the settings, and the desktop where they say so, want it. FX thread.
 */
public final class Appearance {

    /** The size of texts at 100 per cent, as in the stylesheet. */
    private static final double PIXELS = 13;

    /** The sizes of icons, in em. */
    private static final double ICON = 1.15;

    private static final double LARGE_ICON = 3.2;

    private final SettingsViewModel settings;
    private final ReadOnlyObjectWrapper<Theme> theme = new ReadOnlyObjectWrapper<>(Theme.LIGHT);
    private Subscription subscription = () -> {};

    /** The appearance that these settings ask for. */
    public Appearance(SettingsViewModel settings) {
        this.settings = settings;
    }

    /** Dresses a scene now and whenever something changes, until {@link #stop()}. */
    public void dress(Scene scene) {
        subscription =
                settings.current()
                        .subscribe(() -> apply(scene))
                        .and(
                                Platform.getPreferences()
                                        .colorSchemeProperty()
                                        .subscribe(() -> apply(scene)));
        apply(scene);
    }

    /** Follows no longer. */
    public void stop() {
        subscription.unsubscribe();
    }

    private void apply(Scene scene) {
        Settings now = settings.current().get();
        Theme wanted = wanted(now.theme(), Platform.getPreferences().getColorScheme());
        wanted.apply(scene);
        scene.getStylesheets().add(size(now.textPercent()));
        theme.set(wanted);
    }

    static Theme wanted(Settings.Theme chosen, ColorScheme system) {
        return switch (chosen) {
            case SYSTEM -> system == ColorScheme.DARK ? Theme.DARK : Theme.LIGHT;
            case LIGHT -> Theme.LIGHT;
            case DARK -> Theme.DARK;
        };
    }

    // a stylesheet reaches the dialogs over the window, too
    private static String size(int percent) {
        double em = PIXELS * percent / 100;
        String css =
                """
                .root { -fx-font-size: %spx; }
                .ikonli-font-icon { -fx-icon-size: %s; }
                .ikonli-font-icon.home-empty-icon { -fx-icon-size: %s; }
                """
                        .formatted(em, Math.round(ICON * em), Math.round(LARGE_ICON * em));
        return "data:text/css;base64,"
                + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
    }

    /** Chooses the other theme than the one that is seen. */
    public void switchTheme() {
        settings.theme()
                .set(theme.get() == Theme.LIGHT ? Settings.Theme.DARK : Settings.Theme.LIGHT);
    }

    /** The theme that is seen. */
    public ReadOnlyObjectProperty<Theme> theme() {
        return theme.getReadOnlyProperty();
    }
}
