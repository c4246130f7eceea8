package dev.sluice.vdi.embedded;

import static dev.sluice.vdi.protocol.DeviceSetState.ABNORMALLY_TERMINATED;
import static dev.sluice.vdi.protocol.DeviceSetState.ACTIVE;
import static dev.sluice.vdi.protocol.DeviceSetState.CONFIGURABLE;
import static dev.sluice.vdi.protocol.DeviceSetState.DOES_NOT_EXIST;
import static dev.sluice.vdi.protocol.DeviceSetState.INITIALIZING;
import static dev.sluice.vdi.protocol.DeviceSetState.NORMALLY_TERMINATED;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.internal.MemoryView;
import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.protocol.ClientFunction;
import dev.sluice.vdi.protocol.ClientTransitions;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One client object's part in a set, from create or secondary open to close: its state, which only
 * {@link #move} changes and only along the table, and its view of the memory. Guarded by the set's
 * monitor; methods say when they are called outside.
 */
final class ClientEnd {

    private final SharedSet set;
    private final boolean primary;
    private final MemoryView view = new MemoryView();
    private @Nullable ByteBuffer[] data = {};
    private @Nullable ByteBuffer[] prefixes = {};
    private DeviceSetState state = DOES_NOT_EXIST;
    private int waiting;
    private boolean closing;
    private volatile boolean closed;

    private ClientEnd(SharedSet set, boolean primary) {
        this.set = set;
        this.primary = primary;
    }

    /** The end of the client that creates the set. */
    static ClientEnd creating(SharedSet set) {
        ClientEnd end = new ClientEnd(set, true);
        end.move(ClientFunction.CREATE, VdiStatus.NOERROR, CONFIGURABLE);
        set.attach(end);
        return end;
    }

    /** The end of another client that joins. */
    static ClientEnd joining(SharedSet set) {
        ClientEnd end = new ClientEnd(set, false);
        end.move(ClientFunction.OPEN_IN_SECONDARY, VdiStatus.NOERROR, INITIALIZING);
        set.attach(end);
        return end;
    }

    SharedSet set() {
        return set;
    }

    boolean isPrimary() {
        return primary;
    }

    DeviceSetState state() {
        return state;
    }

    /** Whether memory access through this end is over; safe outside the monitor. */
    boolean isClosed() {
        return closed;
    }

    boolean isReadyForSecondaries() {
        return primary && (state == INITIALIZING || state == ACTIVE);
    }

    /**
     * Lets a call in, or refuses it as the table says.
     *
     * @throws VdiException the refusal
     */
    void admit(ClientFunction function) throws VdiException {
        VdiStatus refusal = refusal(function);
        if (refusal != null) {
            throw failure(function, refusal);
        }
    }

    @Nullable VdiStatus refusal(ClientFunction function) {
        return ClientTransitions.refusal(function, state);
    }

    VdiException failure(ClientFunction function, VdiStatus status) {
        return new VdiException(Said.of("call.onSet", function.symbol(), set.name()), status);
    }

    private void move(ClientFunction function, VdiStatus status, DeviceSetState next) {
        state = ClientTransitions.transitions().step(function, state, status, next);
    }

    void becomeAborted() {
        move(ClientFunction.SIGNAL_ABORT, VdiStatus.NOERROR, ABNORMALLY_TERMINATED);
    }

    void becomeTerminated() {
        if (state == ACTIVE) {
            move(ClientFunction.GET_COMMAND, VdiStatus.CLOSE, NORMALLY_TERMINATED);
        }
    }

    /**
     * Waits for a change on behalf of a caller, so that {@link #close} knows of it. Called outside
     * the monitor.
     */
    <T> @Nullable T await(WaitingRoom room, long timeoutMillis, Attempt<T> attempt)
            throws VdiException {
        synchronized (set) {
            T result = attempt.attempt();
            if (result != null || timeoutMillis == 0) {
                return result;
            }
            waiting++;
        }
        try {
            return set.await(room, set.time().deadline(timeoutMillis), attempt);
        } finally {
            leave();
        }
    }

    private void leave() {
        synchronized (set) {
            waiting--;
            if (waiting == 0) {
                set.changes().callAll();
            }
        }
    }

    @Nullable DeviceSetConfiguration configuration() throws VdiException {
        admit(ClientFunction.GET_CONFIGURATION);
        if (!set.isConfigured()) {
            return null;
        }
        if (state == CONFIGURABLE) {
            move(ClientFunction.GET_CONFIGURATION, VdiStatus.NOERROR, INITIALIZING);
        }
        return set.decision();
    }

    /** The device, or null as long as the server may still open one of this name. */
    @Nullable Device open(String name) throws VdiException {
        admit(ClientFunction.OPEN_DEVICE);
        if (set.isOpenedByClients()) {
            throw failure(ClientFunction.OPEN_DEVICE, VdiStatus.OPEN);
        }
        Device device = set.find(name);
        if (device == null) {
            return unknown(name);
        }
        if (device.client() != null) {
            throw new VdiException(opening(name), VdiStatus.PROTOCOL, Said.of("wrong.deviceOpen"));
        }
        device.openForClient(this);
        move(ClientFunction.OPEN_DEVICE, VdiStatus.NOERROR, ACTIVE);
        return device;
    }

    private @Nullable Device unknown(String name) throws VdiException {
        if (closing) {
            throw new VdiException(opening(name), VdiStatus.PROTOCOL, Said.of("wrong.closing"));
        }
        if (set.nextUnopened() == null) {
            throw new VdiException(opening(name), VdiStatus.INVALID, Said.of("wrong.noDevice"));
        }
        return null;
    }

    private static Said opening(String name) {
        return Said.of("call.named", ClientFunction.OPEN_DEVICE.symbol(), name);
    }

    void noteEndOf(Device device) {
        device.deliverClose();
        set.noteEndSeen();
    }

    /** This end's buffer for the data of a command: the same object for the same memory. */
    ByteBuffer dataOf(AreaBuffer buffer, int size) {
        int id = buffer.id();
        if (id >= data.length) {
            data = Arrays.copyOf(data, set.area().buffers().length);
        }
        ByteBuffer own = data[id];
        if (own == null) {
            own = view.of(buffer.memory()).asByteBuffer();
            data[id] = own;
        }
        return own.clear().limit(size);
    }

    /** This end's buffer for a prefix zone. Called outside the monitor. */
    ByteBuffer prefixOf(AreaBuffer buffer) {
        synchronized (set) {
            int id = buffer.id();
            if (id >= prefixes.length) {
                prefixes = Arrays.copyOf(prefixes, set.area().buffers().length);
            }
            ByteBuffer own = prefixes[id];
            if (own == null) {
                own = view.of(buffer.prefix()).asByteBuffer();
                prefixes[id] = own;
            }
            return own.clear();
        }
    }

    /** The number of the buffer that is this very object. */
    @SuppressWarnings("ReferenceEquality") // equal content does not make it the same memory
    int handleOf(ByteBuffer buffer) throws VdiException {
        admit(ClientFunction.GET_BUFFER_HANDLE);
        for (int id = 0; id < data.length; id++) {
            if (data[id] == buffer) {
                set.area().buffers()[id].name();
                return id;
            }
        }
        throw failure(ClientFunction.GET_BUFFER_HANDLE, VdiStatus.INVALID);
    }

    /** A new buffer over the first bytes of the memory behind a number somebody asked for. */
    ByteBuffer map(int handle, int size) throws VdiException {
        admit(ClientFunction.MAP_BUFFER_HANDLE);
        AreaBuffer[] buffers = set.area().buffers();
        if (handle < 0 || handle >= buffers.length || !buffers[handle].isNamed()) {
            throw failure(ClientFunction.MAP_BUFFER_HANDLE, VdiStatus.INVALID);
        }
        if (size < 1 || size > buffers[handle].size()) {
            throw new VdiException(
                    Said.of("call.onHandle", ClientFunction.MAP_BUFFER_HANDLE.symbol(), handle),
                    VdiStatus.INVALID,
                    Said.of("wrong.mapped", size, buffers[handle].size()));
        }
        return view.of(buffers[handle].memory().asSlice(0, size)).asByteBuffer();
    }

    /**
     * Ends this client's part: aborts what is not finished, waits for its threads to leave their
     * calls and for I/O to let go of the buffers. Called outside the monitor, once.
     *
     * @return what Close returns
     */
    VdiStatus close() throws VdiException {
        VdiStatus status;
        synchronized (set) {
            status = state == ACTIVE && hasOpenDevices() ? VdiStatus.OPEN : VdiStatus.NOERROR;
            if (endsTheSet()) {
                set.abort();
            }
            // a secondary client may close without an abort, yet wait for a device
            closing = true;
            set.changes().callAll();
        }
        set.await(set.changes(), TimeSource.NEVER, () -> waiting == 0 ? Boolean.TRUE : null);
        synchronized (set) {
            move(ClientFunction.CLOSE, VdiStatus.NOERROR, DOES_NOT_EXIST);
            set.detach(this);
            closed = true;
        }
        view.close(set.time());
        synchronized (set) {
            set.releaseMemory();
        }
        return status;
    }

    private boolean endsTheSet() {
        return primary ? !set.isEndSeen() : hasOpenDevices();
    }

    private boolean hasOpenDevices() {
        for (Device device : set.devices()) {
            if (device.isOpenFor(this)) {
                return true;
            }
        }
        return false;
    }
}
