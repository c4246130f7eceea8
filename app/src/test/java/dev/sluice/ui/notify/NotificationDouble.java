package dev.sluice.ui.notify;

import dev.sluice.bus.BusParticipant;
import dev.sluice.bus.SessionBus;
import dev.sluice.bus.TestBus;

import org.freedesktop.dbus.bin.EmbeddedDBusDaemon;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A desktop's notification service on a bus of its own: the real protocol, as strict as it is. */
public final class NotificationDouble implements AutoCloseable {

    /** A notification as the desktop gets it. */
    public record Shown(
            String program, String summary, String body, List<?> actions, byte urgency) {}

    private static final String NAME = "org.freedesktop.Notifications";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What is to be shown, in order. */
    public final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();

    /** The numbers of those that are taken away. */
    public final BlockingQueue<Integer> taken = new LinkedBlockingQueue<>();

    /** What went wrong in it; must be empty after a test. */
    public final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    volatile boolean refuses;

    private final String address;
    private final EmbeddedDBusDaemon daemon;
    private final BusParticipant bus;
    private final Thread thread;
    private int numbers;
    private volatile boolean closed;

    public NotificationDouble(Path folder) throws DBusException, IOException {
        address = "unix:path=" + folder.resolve("bus");
        daemon = TestBus.start(address);
        bus = new BusParticipant(address);
        bus.ask("RequestName", "su", NAME, new UInt32(0));
        thread = Thread.ofPlatform().name("notifications").start(this::serve);
    }

    /** What is under test. */
    public Notifications notifications() {
        return new BusNotifications(new SessionBus(address, PATIENCE, PATIENCE));
    }

    private void serve() {
        try {
            while (!closed) {
                if (bus.read() instanceof MethodCall call) {
                    carryOut(call);
                }
            }
        } catch (Throwable e) {
            if (!closed) {
                failures.add(e);
            }
        }
    }

    private void carryOut(MethodCall call) throws Exception {
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

    @Override
    public void close() throws IOException {
        closed = true;
        bus.close();
        daemon.close();
        try {
            if (!thread.join(Duration.ofSeconds(20))) {
                failures.add(new IllegalStateException("the service does not end"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
