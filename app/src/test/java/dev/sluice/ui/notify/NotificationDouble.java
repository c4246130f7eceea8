package dev.sluice.ui.notify;

import dev.sluice.bus.TestService;

import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A desktop's notification service on a bus of its own: the real protocol, as strict as it is. */
public final class NotificationDouble extends TestService {

    /** A notification as the desktop gets it. */
    public record Shown(
            String program, String summary, String body, List<?> actions, byte urgency) {}

    private static final String NAME = "org.freedesktop.Notifications";

    /** What is to be shown, in order. */
    public final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();

    /** The numbers of those that are taken away. */
    public final BlockingQueue<Integer> taken = new LinkedBlockingQueue<>();

    volatile boolean refuses;

    private int numbers;

    public NotificationDouble(Path folder) throws DBusException, IOException {
        super(folder, NAME);
        start();
    }

    /** What is under test. */
    public Notifications notifications() {
        return new BusNotifications(sessionBus());
    }

    @Override
    protected void serve(MethodCall call) throws Exception {
        boolean isOurs =
                call.getInterface().equals(NAME)
                        && call.getPath().equals("/org/freedesktop/Notifications");
        if (refuses || !isOurs) {
            bus.refuse(call, "org.freedesktop.DBus.Error.AccessDenied");
            return;
        }
        Object[] given = call.getParameters();
        switch (call.getName() + " " + call.getSig()) {
            case "Notify susssasa{sv}i" -> {
                numbers++;
                // before the answer, which the test waits for
                shown.add(
                        new Shown(
                                (String) given[0],
                                (String) given[3],
                                (String) given[4],
                                (List<?>) given[5],
                                urgency((Map<?, ?>) given[6])));
                bus.answer(call, "u", new UInt32(numbers));
            }
            case "CloseNotification u" -> {
                taken.add(((UInt32) given[0]).intValue());
                bus.answer(call, null);
            }
            default -> bus.refuse(call, "org.freedesktop.DBus.Error.UnknownMethod");
        }
    }

    private static byte urgency(Map<?, ?> hints) {
        return hints.get("urgency") instanceof Variant<?> urgency ? (Byte) urgency.getValue() : -1;
    }
}
