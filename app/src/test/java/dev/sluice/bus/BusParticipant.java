package dev.sluice.bus;

import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.freedesktop.dbus.connections.transports.TransportBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.MethodReturn;
import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Takes part in a bus message by message, with nothing done behind a test's back. */
public final class BusParticipant implements AutoCloseable {

    private static final String BUS = "org.freedesktop.DBus";
    private static final String BUS_PATH = "/org/freedesktop/DBus";

    private final AbstractTransport transport;

    public BusParticipant(String address) throws DBusException, IOException {
        transport =
                TransportBuilder.create(address).configure().withAutoConnect(true).back().build();
        ask("Hello", null);
    }

    /** Asks the bus, at a time when nobody else sends anything here; gives its answer. */
    public Object[] ask(String method, @Nullable String signature, Object... arguments)
            throws DBusException, IOException {
        MethodCall call =
                transport
                        .getMessageFactory()
                        .createMethodCall(
                                null, BUS, BUS_PATH, BUS, method, (byte) 0, signature, arguments);
        transport.writeMessage(call);
        while (true) {
            if (read() instanceof MethodReturn answer
                    && answer.getReplySerial() == call.getSerial()) {
                return answer.getParameters();
            }
        }
    }

    /** The next message; null where the library has none yet, after a wait. */
    public @Nullable Message read() throws DBusException, IOException {
        return transport.readMessage();
    }

    public void answer(MethodCall call, @Nullable String signature, Object... values)
            throws DBusException, IOException {
        transport.writeMessage(
                transport.getMessageFactory().createMethodReturn(call, signature, values));
    }

    public void refuse(MethodCall call, String error) throws DBusException, IOException {
        transport.writeMessage(
                transport
                        .getMessageFactory()
                        .createError(BUS, call.getSource(), error, call.getSerial(), "s", "no"));
    }

    public void signal(String path, String type, String name, String signature, Object... values)
            throws DBusException, IOException {
        transport.writeMessage(
                transport
                        .getMessageFactory()
                        .createSignal(null, path, type, name, signature, values));
    }

    /** Leaves the bus, as a process does that dies. */
    @Override
    public void close() throws IOException {
        transport.close();
    }
}
