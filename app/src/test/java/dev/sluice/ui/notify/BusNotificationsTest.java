package dev.sluice.ui.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ui.notify.NotificationDouble.Shown;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its sessions have no D-Bus")
@Timeout(60)
@SuppressWarnings("NullAway.Init") // made before each test
class BusNotificationsTest {

    private static final String TEXT = "Backup of <b>O'Hara & Söhne</b> completed";
    private static final byte NORMAL = 1;
    private static final byte CRITICAL = 2;

    @TempDir private Path folder;
    private NotificationDouble desktop;
    private Notifications notifications;

    @BeforeEach
    void start() throws Exception {
        desktop = new NotificationDouble(folder);
        notifications = desktop.notifications();
    }

    @AfterEach
    void stop() throws Exception {
        desktop.close();
        assertThat(desktop.failures).isEmpty();
    }

    @Test
    void tellsInTheSummaryWhichNoDesktopReadsAsMarkup() throws Exception {
        notifications.tell(TEXT, false);

        assertThat(desktop.shown).containsExactly(new Shown("Sluice", TEXT, "", List.of(), NORMAL));
    }

    @Test
    void whatWentWrongStaysUntilItIsDismissed() throws Exception {
        notifications.tell("Backup of Sales failed", true);

        assertThat(desktop.shown).extracting(Shown::urgency).containsExactly(CRITICAL);
    }

    @Test
    void takesAwayWhatItShowedAndNothingTwice() throws Exception {
        notifications.clear();
        notifications.tell(TEXT, false);
        notifications.tell(TEXT, true);
        notifications.clear();
        notifications.clear();

        assertThat(desktop.taken).containsExactly(1, 2);
    }

    @Test
    void aRefusalIsNamed() {
        desktop.refuses = true;

        assertThatThrownBy(() -> notifications.tell(TEXT, false))
                .isInstanceOf(NotificationException.class)
                .hasMessageContaining("the desktop shows no notification")
                .hasMessageContaining("AccessDenied");
    }

    @Test
    void aDesktopThatIsGoneIsNamed() throws Exception {
        desktop.close();

        assertThatThrownBy(() -> notifications.tell(TEXT, false))
                .isInstanceOf(NotificationException.class)
                .hasMessageContaining("there is no session bus at");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aSessionWithoutABusSaysSo() {
        Notifications none = Notifications.ofThisMachine(Map.of());

        assertThatThrownBy(() -> none.tell(TEXT, false))
                .hasMessage("this desktop shows no notifications: there is no D-Bus of a session");
    }
}
