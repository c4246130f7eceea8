package dev.sluice.ui.notify;

import dev.sluice.bus.BusException;
import dev.sluice.bus.BusMethod;
import dev.sluice.bus.BusPeer;
import dev.sluice.bus.SessionBus;

import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The notifications of a Linux desktop (Desktop Notifications Specification, 1.2). Each is a
 * conversation of its own with the service on the session's bus.
 */
final class BusNotifications implements Notifications {

    private static final String NAME = "org.freedesktop.Notifications";
    private static final String PATH = "/org/freedesktop/Notifications";
    private static final BusMethod NOTIFY = new BusMethod(NAME, "Notify", "susssasa{sv}i", "u");
    private static final BusMethod CLOSE = new BusMethod(NAME, "CloseNotification", "u", "");

    private static final String PROGRAM = "Sluice";
    private static final byte NORMAL = 1;

    /** Stays until it is dismissed. */
    private static final byte CRITICAL = 2;

    private static final UInt32 NEW = new UInt32(0);
    private static final int USUAL_TIME = -1;

    private final SessionBus bus;

    private final List<UInt32> shown = new ArrayList<>();

    BusNotifications(SessionBus bus) {
        this.bus = bus;
    }

    @Override
    public synchronized void tell(String text, boolean wrong) throws NotificationException {
        Map<String, Variant<?>> hints =
                Map.of(
                        "urgency", new Variant<>(wrong ? CRITICAL : NORMAL),
                        "category", new Variant<>(wrong ? "transfer.error" : "transfer.complete"));
        try (BusPeer desktop = bus.peer(NAME)) {
            // all in the summary: a desktop may read the body as markup, and names are anything
            Object[] answer =
                    desktop.call(
                            PATH, NOTIFY, PROGRAM, NEW, "", text, "", List.of(), hints, USUAL_TIME);
            shown.add((UInt32) answer[0]);
        } catch (BusException e) {
            throw new NotificationException(
                    "the desktop shows no notification: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void clear() throws NotificationException {
        if (shown.isEmpty()) {
            return;
        }
        List<UInt32> old = List.copyOf(shown);
        shown.clear();
        try (BusPeer desktop = bus.peer(NAME)) {
            for (UInt32 id : old) {
                desktop.call(PATH, CLOSE, id);
            }
        } catch (BusException e) {
            throw new NotificationException(
                    "a notification cannot be taken away: " + e.getMessage(), e);
        }
    }
}
