package dev.sluice.vdi.jna;

import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.jna.com.ComDouble;
import dev.sluice.vdi.jna.com.ComVdi;
import dev.sluice.vdi.jna.com.ServersOfDouble;
import dev.sluice.vdi.jna.posix.PosixVdi;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.ServerVdiProvider;

import java.nio.file.Path;

/**
 * A double of a native library with both ends of its device sets, for tests that want to see their
 * client, their server, or both behind the real ABI. Skips the asking test where there can be no
 * double. Safe from any thread; sets and counters belong to the process.
 */
public final class NativeDouble implements VdiProvider, ServerVdiProvider {

    private final VdiProvider clients;
    private final ServerVdiProvider servers;
    private final DoubleControl control;

    private NativeDouble(VdiProvider clients, ServerVdiProvider servers, DoubleControl control) {
        this.clients = clients;
        this.servers = servers;
        this.control = control;
    }

    /** {@code sqlvdi.dll}: both ends through the vtables of COM. */
    public static NativeDouble com() {
        Path library = Doubles.comLibrary();
        ComVdi vdi = new ComVdi(new ComDouble(library));
        return new NativeDouble(vdi, vdi, DoubleControl.of(library));
    }

    /**
     * {@code libsqlvdi.so}: clients through its symbols. The library has no public server, so the
     * double lends its own, which has the vtables of COM.
     */
    public static NativeDouble posix() {
        Path library = Doubles.posixLibrary();
        DoubleControl control = DoubleControl.of(library);
        try {
            return new NativeDouble(
                    PosixVdi.open(library), new ComVdi(new ServersOfDouble(control)), control);
        } catch (NativeVdiException e) {
            throw new AssertionError(e);
        }
    }

    /** What the double knows and can be ordered to do. */
    public DoubleControl control() {
        return control;
    }

    @Override
    public String name() {
        return clients.name();
    }

    @Override
    public ClientDeviceSet newDeviceSet() {
        return clients.newDeviceSet();
    }

    @Override
    public ServerDeviceSet newServerDeviceSet() {
        return servers.newServerDeviceSet();
    }
}
