package dev.sluice.bus;

import org.freedesktop.dbus.bin.EmbeddedDBusDaemon;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.UInt32;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A service of a desktop on a bus of its own, served by a thread of its own. */
public abstract class TestService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What went wrong in it; must be empty after a test. */
    public final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    protected final BusParticipant bus;

    private final String address;
    private final EmbeddedDBusDaemon daemon;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * A bus in a folder, and the service's name on it; serves once it is started.
     *
     * @param name on the bus
     */
    protected TestService(Path folder, String name) throws DBusException, IOException {
        address = "unix:path=" + folder.resolve("bus");
        daemon = TestBus.start(address);
        bus = new BusParticipant(address);
        bus.ask("RequestName", "su", name, new UInt32(0));
        thread = Thread.ofPlatform().name(name).unstarted(this::serve);
    }

    /** Serves from now on; called when all of it is made. */
    protected final void start() {
        thread.start();
    }

    /** The service's answer to a call, on its thread. */
    protected abstract void serve(MethodCall call) throws Exception;

    public final String address() {
        return address;
    }

    /** The way to its bus that is under test. */
    public final SessionBus sessionBus() {
        return new SessionBus(address, PATIENCE, PATIENCE);
    }

    /** Leaves the bus, as if it died. */
    public final void leave() throws IOException {
        closed = true;
        bus.close();
    }

    private void serve() {
        try {
            while (!closed) {
                if (bus.read() instanceof MethodCall call) {
                    serve(call);
                }
            }
        } catch (Throwable e) {
            if (!closed) {
                failures.add(e);
            }
        }
    }

    @Override
    public final void close() throws IOException {
        leave();
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
