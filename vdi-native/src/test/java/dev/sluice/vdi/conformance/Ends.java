package dev.sluice.vdi.conformance;

import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.ServerVdiProvider;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A client's provider, a server's that finds the client's sets, and what is special about them. */
public abstract class Ends implements AutoCloseable {

    private final VdiProvider clients;
    private final ServerVdiProvider servers;
    private final Set<Trait> traits;
    private final List<Rig> rigs = new ArrayList<>();
    private int count;

    /** Ends with these traits. */
    protected Ends(VdiProvider clients, ServerVdiProvider servers, Set<Trait> traits) {
        this.clients = clients;
        this.servers = servers;
        this.traits = Set.copyOf(traits);
    }

    final boolean has(Trait trait) {
        return traits.contains(trait);
    }

    final ClientDeviceSet newClient() {
        return clients.newDeviceSet();
    }

    final ServerDeviceSet newServer() {
        return servers.newServerDeviceSet();
    }

    /** A set that nobody created yet, with this many devices. */
    public final Rig rig(int devices) {
        return rig(DeviceSetConfiguration.request(devices, 0));
    }

    /** A set that nobody created yet. */
    public final Rig rig(DeviceSetConfiguration request) {
        return rig(setName(count++), request);
    }

    /** A pair of ends for a set of this name. */
    final Rig rig(String name, DeviceSetConfiguration request) {
        Rig rig = new Rig(this, name, request);
        rigs.add(rig);
        return rig;
    }

    /** How often a race is run: what a set costs differs a hundredfold. */
    protected abstract int races();

    /** How many completion agents are at work, where somebody counts. */
    protected long agents() {
        return 0;
    }

    /** Waits for so many, where an agent's call does not itself say when it is at work. */
    protected void awaitAgents(long count) {}

    /** Called by a rig that is closed. */
    final void forget(Rig rig) {
        rigs.remove(rig);
    }

    /** The name of the set of the n-th rig. */
    protected String setName(int number) {
        return "set" + number;
    }

    /** Ends every set that is left, the last first. */
    @Override
    public void close() {
        while (!rigs.isEmpty()) {
            rigs.getLast().close();
        }
    }
}
