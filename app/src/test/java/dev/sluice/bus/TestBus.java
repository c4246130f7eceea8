package dev.sluice.bus;

import org.freedesktop.dbus.bin.EmbeddedDBusDaemon;
import org.freedesktop.dbus.exceptions.DBusException;

import java.time.Duration;

/** A bus of a test's own. */
public final class TestBus {

    private TestBus() {}

    /** Starts a bus that listens at an address when this returns. */
    public static EmbeddedDBusDaemon start(String address) throws DBusException {
        EmbeddedDBusDaemon daemon = new EmbeddedDBusDaemon(address + ",listen=true");
        daemon.startInBackgroundAndWait(Duration.ofSeconds(20).toMillis());
        // until then it would end after the first connection
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!daemon.isRunning() && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        return daemon;
    }
}
