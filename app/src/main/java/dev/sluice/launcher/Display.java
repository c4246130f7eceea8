package dev.sluice.launcher;

import java.util.Locale;
import java.util.Map;

/** Tells whether a window can be shown. */
final class Display {

    private Display() {}

    /**
     * Windows and macOS have a display; elsewhere X11 or Wayland names it. Who asks for JavaFX's
     * headless platform gets the window on it.
     */
    static boolean isThere(Map<String, String> environment) {
        return isThere(
                environment,
                System.getProperty("os.name", ""),
                System.getProperty("glass.platform", ""));
    }

    static boolean isThere(Map<String, String> environment, String system, String platform) {
        String name = system.toLowerCase(Locale.ROOT);
        return name.startsWith("windows")
                || name.startsWith("mac")
                || platform.equalsIgnoreCase("Headless")
                || isSet(environment, "DISPLAY")
                || isSet(environment, "WAYLAND_DISPLAY");
    }

    private static boolean isSet(Map<String, String> environment, String variable) {
        return !environment.getOrDefault(variable, "").isBlank();
    }
}
