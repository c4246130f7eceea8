package dev.sluice.vdi.embedded;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The sets of one {@link EmbeddedVdi} by name, from the primary client's create to its close. Safe
 * from any thread.
 */
final class NameSpace {

    private final ConcurrentHashMap<String, SharedSet> sets = new ConcurrentHashMap<>();
    private final TimeSource time;

    NameSpace(TimeSource time) {
        this.time = time;
    }

    /** Refuses every instance but the default one: there is no other here. */
    static void checkInstance(Said call, @Nullable String instanceName) throws VdiException {
        if (instanceName != null && !instanceName.isEmpty()) {
            throw new VdiException(
                    call, VdiStatus.INSTANCE_NAME, Said.of("wrong.noInstance", instanceName));
        }
    }

    ClientEnd create(Said call, String name, DeviceSetConfiguration request) throws VdiException {
        SharedSet set = new SharedSet(name, request, time);
        ClientEnd end;
        synchronized (set) {
            end = ClientEnd.creating(set);
        }
        if (sets.putIfAbsent(name, set) != null) {
            end.close();
            throw new VdiException(call, VdiStatus.PROTOCOL, Said.of("wrong.setExists"));
        }
        return end;
    }

    ClientEnd join(Said call, String name) throws VdiException {
        SharedSet set = sets.get(name);
        if (set == null) {
            throw new VdiException(call, VdiStatus.PROTOCOL, Said.of("wrong.noSet"));
        }
        synchronized (set) {
            if (set.isAborted()) {
                throw new VdiException(call, VdiStatus.ABORT);
            }
            if (!set.isReadyForSecondaries()) {
                throw new VdiException(call, VdiStatus.PROTOCOL, Said.of("wrong.notConfigured"));
            }
            return ClientEnd.joining(set);
        }
    }

    ServerEnd attach(Said call, String name) throws VdiException {
        SharedSet set = sets.get(name);
        if (set == null) {
            throw new VdiException(call, VdiStatus.INVALID, Said.of("wrong.noSet"));
        }
        synchronized (set) {
            ServerEnd end = new ServerEnd(set);
            VdiStatus status = set.attach(end);
            if (status != VdiStatus.NOERROR) {
                throw new VdiException(call, status);
            }
            end.connect();
            return end;
        }
    }

    /** The name goes with the client that made it. */
    void remove(ClientEnd end) {
        if (end.isPrimary()) {
            sets.remove(end.set().name(), end.set());
        }
    }
}
