package dev.sluice.vdi.embedded;

import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.internal.SystemTime;
import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.ServerVdiProvider;

/**
 * Both ends of the Virtual Device Interface in this process. One object is one name space: a server
 * finds only sets that clients of the same object created. Safe from any thread.
 *
 * <p>What one process makes different:
 *
 * <ul>
 *   <li>Only the default instance exists; its name is null or empty.
 *   <li>A client's OpenDevice waits until the server has opened a device of that name, all its
 *       devices, or the set is aborted: the client learns of the configuration before the server
 *       opens its devices.
 *   <li>A device takes {@value #QUEUE_DEPTH} commands that the client has not completed; one more
 *       is refused with VD_E_QUEUE_FULL.
 *   <li>The death of the other end cannot be seen (ABORT-36): it would take this end along. An end
 *       that forgets to close keeps its memory, and the other end, until the process ends.
 *   <li>Close waits for its own threads to leave their calls, and for I/O on its buffers to end. A
 *       server's close from inside a completion routine runs the remaining routines first.
 *   <li>A completion routine that throws aborts the set; the remaining routines run, then the
 *       agent's call throws what the first routine threw.
 * </ul>
 */
public final class EmbeddedVdi implements VdiProvider, ServerVdiProvider {

    /** Commands a device takes before the client has completed one. */
    public static final int QUEUE_DEPTH = 64;

    private final NameSpace names;

    /** Makes an empty name space that runs on the system's clock. */
    public EmbeddedVdi() {
        this(new SystemTime());
    }

    EmbeddedVdi(TimeSource time) {
        names = new NameSpace(time);
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public ClientDeviceSet newDeviceSet() {
        return new EmbeddedClientDeviceSet(names);
    }

    @Override
    public ServerDeviceSet newServerDeviceSet() {
        return new EmbeddedServerDeviceSet(names);
    }
}
