package dev.sluice.ui.notify;

import dev.sluice.bus.SessionBus;

import java.util.Locale;
import java.util.Map;

/** What a desktop shows of a program that is not in front. Any thread but the FX thread. */
public interface Notifications {

    /**
     * Shows a text until the desktop, or its user, takes it away.
     *
     * @param text plain, one line; others who look at the screen read it
     * @param wrong whether it tells of something that went wrong
     * @throws NotificationException when the desktop does not show it
     */
    void tell(String text, boolean wrong) throws NotificationException;

    /**
     * Takes away what it still shows; does nothing when nothing was told.
     *
     * @throws NotificationException when the desktop does not answer; it may have taken away by
     *     itself what it showed
     */
    void clear() throws NotificationException;

    /**
     * The notifications of this machine's desktop. Nothing is started as long as nothing is told.
     *
     * @param environment all variables
     */
    static Notifications ofThisMachine(Map<String, String> environment) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return new TrayNotifications();
        }
        if (system.startsWith("linux")) {
            return SessionBus.of(environment)
                    .<Notifications>map(BusNotifications::new)
                    .orElseGet(() -> new NoNotifications("there is no D-Bus of a session"));
        }
        // AWT has them, but its toolkit beside JavaFX's can block both on macOS
        return new NoNotifications("Sluice knows no notifications on this system");
    }
}
