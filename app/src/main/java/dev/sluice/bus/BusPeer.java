package dev.sluice.bus;

import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.matchrules.DBusMatchRule;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A conversation with one service on the session bus, one call after another. It notices when the
 * service dies. For one thread.
 */
public final class BusPeer implements AutoCloseable {

    private static final String BUS = "org.freedesktop.DBus";
    private static final String BUS_PATH = "/org/freedesktop/DBus";
    private static final BusMethod GET_NAME_OWNER = new BusMethod(BUS, "GetNameOwner", "s", "s");
    private static final BusMethod NAME_HAS_OWNER = new BusMethod(BUS, "NameHasOwner", "s", "b");
    private static final BusMethod START_SERVICE =
            new BusMethod(BUS, "StartServiceByName", "su", "u");

    private static final String PROMPTS = "org.freedesktop.Secret.Prompt";
    private static final BusMethod PROMPT = new BusMethod(PROMPTS, "Prompt", "s", "");
    private static final BusMethod DISMISS = new BusMethod(PROMPTS, "Dismiss", "", "");

    /** A bus on this machine answers at once; the library tries again until then. */
    private static final int CONNECT_MILLIS = 2000;

    /** How often a peer that does not answer is looked after. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final SessionBus bus;
    private final DBusConnection connection;
    private final String name;
    private final String owner;

    private BusPeer(SessionBus bus, DBusConnection connection, String name) throws BusException {
        this.bus = bus;
        this.connection = connection;
        this.name = name;
        this.owner = owner();
    }

    static BusPeer of(SessionBus bus, String name) throws BusException {
        DBusConnection connection = connect(bus);
        try {
            return new BusPeer(bus, connection, name);
        } catch (BusException e) {
            connection.disconnect();
            throw e;
        }
    }

    private static DBusConnection connect(SessionBus bus) throws BusException {
        try {
            return DBusConnectionBuilder.forAddress(bus.address())
                    .withShared(false)
                    .transportConfig()
                    .withTimeout(CONNECT_MILLIS)
                    .back()
                    .build();
        } catch (DBusException | RuntimeException e) {
            // the library throws whatever comes at addresses that are none
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            throw new BusException(
                    "there is no session bus at %s: %s".formatted(bus.address(), reason(e)), e);
        }
    }

    /** The connection behind the name: another one that takes the name later is not meant. */
    private String owner() throws BusException {
        if (!hasOwner(name)) {
            callBus(START_SERVICE, name, new UInt32(0));
        }
        String connectionName = (String) callBus(GET_NAME_OWNER, name)[0];
        // not every bus makes an error of it
        if (connectionName.isEmpty()) {
            throw new BusException("nothing has the name " + name, null);
        }
        return connectionName;
    }

    private boolean hasOwner(String wanted) throws BusException {
        return (Boolean) callBus(NAME_HAS_OWNER, wanted)[0];
    }

    /**
     * Calls a method of the service and awaits the answer.
     *
     * @return the values it answers, of the types the method's signature says
     */
    public Object[] call(String path, BusMethod method, Object... arguments) throws BusException {
        MethodCall call = send(owner, path, method, arguments);
        long deadline = System.nanoTime() + bus.patience().toNanos();
        while (true) {
            Message reply = reply(call);
            if (reply != null) {
                return values(reply, name, method);
            }
            lookAfterOwner(method.name());
            if (System.nanoTime() - deadline > 0) {
                throw new BusException(
                        "%s does not answer %s within %s s"
                                .formatted(name, method.name(), bus.patience().toSeconds()),
                        null);
            }
        }
    }

    /**
     * Shows a prompt of the service to its user and awaits the end of it.
     *
     * @return what came of it
     */
    public Object prompt(String path) throws BusException {
        CompletableFuture<Object[]> completed = new CompletableFuture<>();
        DBusMatchRule rule =
                DBusMatchRuleBuilder.create()
                        .withType("signal")
                        .withInterface(PROMPTS)
                        .withMember("Completed")
                        .withPath(path)
                        .build();
        try (AutoCloseable _ =
                connection.addGenericSigHandler(rule, signal -> take(signal, path, completed))) {
            call(path, PROMPT, "");
            return answer(path, completed);
        } catch (BusException e) {
            throw e;
        } catch (Exception e) {
            throw new BusException("its prompt cannot be listened to: " + reason(e), e);
        }
    }

    private void take(DBusSignal signal, String path, CompletableFuture<Object[]> completed) {
        // anyone on the bus can send a signal
        if (owner.equals(signal.getSource()) && path.equals(signal.getPath())) {
            try {
                completed.complete(signal.getParameters());
            } catch (DBusException e) {
                completed.completeExceptionally(e);
            }
        }
    }

    private Object answer(String path, CompletableFuture<Object[]> completed) throws BusException {
        long deadline = System.nanoTime() + bus.promptPatience().toNanos();
        while (true) {
            try {
                Object[] end = completed.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (Boolean.TRUE.equals(end[0])) {
                    throw new BusException("its prompt was dismissed", null);
                }
                return ((Variant<?>) end[1]).getValue();
            } catch (TimeoutException e) {
                lookAfterOwner("the prompt");
            } catch (ExecutionException e) {
                throw new BusException("the end of its prompt cannot be read", e);
            } catch (InterruptedException e) {
                throw interrupted();
            }
            if (System.nanoTime() - deadline > 0) {
                call(path, DISMISS);
                throw new BusException(
                        "nobody answered its prompt within %s s"
                                .formatted(bus.promptPatience().toSeconds()),
                        null);
            }
        }
    }

    private void lookAfterOwner(String awaited) throws BusException {
        if (!hasOwner(owner)) {
            throw new BusException("%s ended before it answered %s".formatted(name, awaited), null);
        }
    }

    /** Calls the bus itself, which answers at once or is gone. */
    private Object[] callBus(BusMethod method, Object... arguments) throws BusException {
        MethodCall call = send(BUS, BUS_PATH, method, arguments);
        long deadline = System.nanoTime() + bus.patience().toNanos();
        while (connection.isConnected() && System.nanoTime() - deadline < 0) {
            Message reply = reply(call);
            if (reply != null) {
                return values(reply, "the session bus", method);
            }
        }
        throw new BusException("the session bus at " + bus.address() + " does not answer", null);
    }

    private MethodCall send(String to, String path, BusMethod method, Object... arguments)
            throws BusException {
        try {
            MethodCall call =
                    connection
                            .getMessageFactory()
                            .createMethodCall(
                                    null,
                                    to,
                                    path,
                                    method.type(),
                                    method.name(),
                                    (byte) 0,
                                    method.arguments().isEmpty() ? null : method.arguments(),
                                    arguments);
            connection.sendMessage(call);
            return call;
        } catch (DBusException | DBusExecutionException e) {
            throw new BusException("%s cannot be sent: %s".formatted(method.name(), reason(e)), e);
        }
    }

    private static @Nullable Message reply(MethodCall call) throws BusException {
        Message reply = call.getReply(LOOK.toMillis());
        if (reply == null && Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
        return reply;
    }

    private static BusException interrupted() {
        Thread.currentThread().interrupt();
        return new BusException("it was interrupted", null);
    }

    private static Object[] values(Message reply, String who, BusMethod method)
            throws BusException {
        try {
            Object[] values = reply.getParameters();
            if (reply instanceof Error error) {
                throw new BusException(
                        "%s answers %s with %s %s"
                                .formatted(
                                        who,
                                        method.name(),
                                        error.getName(),
                                        Arrays.toString(values)),
                        null);
            }
            if (!method.answer().equals(Objects.requireNonNullElse(reply.getSig(), ""))) {
                throw new BusException(
                        "%s answers %s with values of types %s where %s belong"
                                .formatted(who, method.name(), reply.getSig(), method.answer()),
                        null);
            }
            return values;
        } catch (DBusException e) {
            throw new BusException(
                    "the answer of %s to %s cannot be read".formatted(who, method.name()), e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
