package dev.sluice.vdi.embedded;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.internal.MemoryView;
import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.protocol.ConfigurationRules;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceState;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerConfiguration;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What both ends of a device set share: configuration, devices, buffers, the abort. Its monitor
 * guards everything in it and in the ends attached to it; methods that do not say otherwise are
 * called inside.
 */
final class SharedSet {

    private final String name;
    private final TimeSource time;
    private final DeviceSetConfiguration request;
    private final CompletionAgent agent;
    private final Device[] devices;
    private final BufferArea area;
    private final WaitingRoom changes = new WaitingRoom();
    private final List<ClientEnd> clients = new ArrayList<>();
    private final List<BufferRequest> requestedBuffers = new ArrayList<>();
    private @Nullable ServerEnd server;
    private @Nullable DeviceSetConfiguration decision;
    private boolean configured;
    private boolean aborted;
    private int attached;

    SharedSet(String name, DeviceSetConfiguration request, TimeSource time) {
        this.name = name;
        this.time = time;
        this.request = request;
        this.area = new BufferArea(request.prefixZoneSize());
        StallWatch watch = new StallWatch(time, request.serverTimeOut());
        this.agent = new CompletionAgent(this, watch);
        this.devices = new Device[request.deviceCount()];
        for (int i = 0; i < devices.length; i++) {
            devices[i] = new Device(i, agent, watch);
        }
    }

    String name() {
        return name;
    }

    TimeSource time() {
        return time;
    }

    CompletionAgent agent() {
        return agent;
    }

    BufferArea area() {
        return area;
    }

    Device[] devices() {
        return devices;
    }

    /** Where threads wait for anything but commands. */
    WaitingRoom changes() {
        return changes;
    }

    /**
     * Tries something until it works, fails or the time is over. Called outside the monitor; the
     * attempt runs inside. An interrupt does not end the wait: the specification has no such
     * ending, and an abort does it. It is restored on return.
     *
     * @return null when the deadline came
     */
    <T> @Nullable T await(WaitingRoom room, long deadline, Attempt<T> attempt) throws VdiException {
        Thread me = Thread.currentThread();
        boolean interrupted = false;
        try {
            while (true) {
                boolean last = time.expired(deadline);
                synchronized (this) {
                    room.leave(me);
                    T result = attempt.attempt();
                    if (result != null || last) {
                        return result;
                    }
                    room.enter(me);
                }
                time.park(this, deadline);
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                me.interrupt();
            }
        }
    }

    void attach(ClientEnd client) {
        clients.add(client);
        attached++;
    }

    void detach(ClientEnd client) {
        clients.remove(client);
    }

    /** Why a server cannot attach, or NOERROR when it is attached now. */
    VdiStatus attach(ServerEnd newServer) {
        if (aborted) {
            return VdiStatus.ABORT;
        }
        if (server != null) {
            return VdiStatus.PROTOCOL;
        }
        server = newServer;
        attached++;
        return VdiStatus.NOERROR;
    }

    /** The server's end; there is one whenever devices or an agent exist. */
    ServerEnd server() {
        if (server == null) {
            throw new IllegalStateException("No server is attached");
        }
        return server;
    }

    /** One end can see the memory no more; the last one gives it back. */
    void releaseMemory() {
        if (--attached == 0) {
            area.release();
        }
    }

    /** Whether a primary client has come so far that others may join. */
    boolean isReadyForSecondaries() {
        return clients.stream().anyMatch(ClientEnd::isReadyForSecondaries);
    }

    boolean isAborted() {
        return aborted;
    }

    /**
     * Aborts the set for all ends, once: each outstanding command is answered with 995, and every
     * waiting thread is called out.
     */
    void abort() {
        if (aborted) {
            return;
        }
        aborted = true;
        clients.forEach(ClientEnd::becomeAborted);
        if (server != null) {
            server.becomeAborted();
        }
        for (Device device : devices) {
            device.abort();
        }
        agent.callOut();
        changes.callAll();
    }

    /** Fixes the values of the set. */
    void decide(ServerConfiguration values) {
        int least = Math.max(request.alignment(), values.blockSize());
        decision =
                new DeviceSetConfiguration(
                        request.deviceCount(),
                        values.features(),
                        request.prefixZoneSize(),
                        Math.max(least, values.alignment()),
                        request.softFileMarkBlockSize(),
                        request.eomWarningSize(),
                        request.serverTimeOut(),
                        values.blockSize(),
                        ConfigurationRules.MAX_IO_DEPTH,
                        values.maxTransferSize(),
                        0);
    }

    DeviceSetConfiguration request() {
        return request;
    }

    /** The server's decision, final once {@link #isConfigured()}. */
    DeviceSetConfiguration decision() {
        if (decision == null) {
            throw new IllegalStateException("The set is not configured");
        }
        return decision;
    }

    /** What the client asked for until the server has decided. */
    DeviceSetConfiguration currentConfiguration() {
        return decision == null ? request : decision;
    }

    boolean isConfigured() {
        return configured;
    }

    void noteRequest(BufferRequest buffers) {
        requestedBuffers.add(buffers);
    }

    /**
     * Allocates what was asked for and publishes the configuration.
     *
     * @return false when the memory cannot be had; the requests are forgotten
     */
    boolean configure(MemoryView serverView) {
        List<BufferRequest> wanted = List.copyOf(requestedBuffers);
        requestedBuffers.clear();
        if (!area.extend(wanted, serverView)) {
            return false;
        }
        decision = decision().withBufferAreaSize(area.bytes());
        configured = true;
        changes.callAll();
        return true;
    }

    /** The device of this name, or null. */
    @Nullable Device find(String deviceName) {
        for (Device device : devices) {
            if (device.isNamed(deviceName)) {
                return device;
            }
        }
        return null;
    }

    /** The next device the server has not opened, or null. */
    @Nullable Device nextUnopened() {
        for (Device device : devices) {
            if (device.state() == DeviceState.UNOPENED) {
                return device;
            }
        }
        return null;
    }

    /** Whether clients have opened every device. */
    boolean isOpenedByClients() {
        for (Device device : devices) {
            if (device.client() == null) {
                return false;
            }
        }
        return true;
    }

    /** Whether the server has closed every device. */
    boolean isClosedByServer() {
        for (Device device : devices) {
            if (device.state() != DeviceState.CLOSED) {
                return false;
            }
        }
        return true;
    }

    /** Whether clients have seen the end of every device. */
    boolean isEndSeen() {
        for (Device device : devices) {
            if (!device.isCloseDelivered()) {
                return false;
            }
        }
        return true;
    }

    /** Called when a client has seen the end of a device: the last one ends the set normally. */
    void noteEndSeen() {
        if (isEndSeen()) {
            clients.forEach(ClientEnd::becomeTerminated);
        }
    }
}
