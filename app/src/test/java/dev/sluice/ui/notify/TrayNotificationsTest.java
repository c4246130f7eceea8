package dev.sluice.ui.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tray itself needs Windows. */
class TrayNotificationsTest {

    @Test
    void itsIconIsTheMarkThatTheBuildRendered() throws Exception {
        assertThat(TrayNotifications.mark().getWidth()).isEqualTo(32);
    }
}
