package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

class DisplayTest {

    @Test
    void linuxHasADisplayWhenX11OrWaylandNamesOne() {
        assertThat(Display.isThere(Map.of("DISPLAY", ":0"), "Linux", "")).isTrue();
        assertThat(Display.isThere(Map.of("WAYLAND_DISPLAY", "wayland-0"), "Linux", "")).isTrue();
        assertThat(Display.isThere(Map.of("DISPLAY", " "), "Linux", "")).isFalse();
        assertThat(Display.isThere(Map.of(), "Linux", "")).isFalse();
    }

    @Test
    void windowsAndMacAlwaysHaveOne() {
        assertThat(Display.isThere(Map.of(), "Windows 11", "")).isTrue();
        assertThat(Display.isThere(Map.of(), "Mac OS X", "")).isTrue();
    }

    @Test
    void theHeadlessPlatformCountsAsADisplayWhenAskedFor() {
        assertThat(Display.isThere(Map.of(), "Linux", "Headless")).isTrue();
    }
}
