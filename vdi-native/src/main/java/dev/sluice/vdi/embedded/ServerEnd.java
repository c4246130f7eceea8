package dev.sluice.vdi.embedded;

import static dev.sluice.vdi.protocol.DeviceSetState.ABNORMALLY_TERMINATED;
import static dev.sluice.vdi.protocol.DeviceSetState.ACTIVE;
import static dev.sluice.vdi.protocol.DeviceSetState.CONFIGURABLE;
import static dev.sluice.vdi.protocol.DeviceSetState.CONNECTED;
import static dev.sluice.vdi.protocol.DeviceSetState.DOES_NOT_EXIST;
import static dev.sluice.vdi.protocol.DeviceSetState.INITIALIZING;
import static dev.sluice.vdi.protocol.DeviceSetState.NORMALLY_TERMINATED;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.internal.MemoryView;
import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.protocol.ConfigurationRules;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.DeviceState;
import dev.sluice.vdi.protocol.ServerFunction;
import dev.sluice.vdi.protocol.ServerTransitions;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.SharedBuffer;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The server object's part in a set, from open to close: its state, which only {@link #move}
 * changes and only along the table, and its view of the memory. Guarded by the set's monitor;
 * methods say when they are called outside.
 */
final class ServerEnd {

    private final SharedSet set;
    private final MemoryView view = new MemoryView();
    private DeviceSetState state = DOES_NOT_EXIST;

    ServerEnd(SharedSet set) {
        this.set = set;
    }

    SharedSet set() {
        return set;
    }

    DeviceSetState state() {
        return state;
    }

    void connect() {
        move(ServerFunction.OPEN, VdiStatus.NOERROR, CONNECTED);
    }

    @Nullable VdiStatus refusal(ServerFunction function) {
        return ServerTransitions.refusal(function, state);
    }

    /**
     * Lets a call in, or refuses it as the table says.
     *
     * @throws VdiException the refusal
     */
    void admit(ServerFunction function) throws VdiException {
        VdiStatus refusal = refusal(function);
        if (refusal != null) {
            throw failure(function, refusal);
        }
    }

    VdiException failure(ServerFunction function, VdiStatus status) {
        return new VdiException(call(function), status);
    }

    private Said call(ServerFunction function) {
        return Said.of("call.onSet", function.symbol(), set.name());
    }

    private void move(ServerFunction function, VdiStatus status, DeviceSetState next) {
        state = ServerTransitions.transitions().step(function, state, status, next);
    }

    void becomeAborted() {
        if (state != DOES_NOT_EXIST) {
            move(ServerFunction.SIGNAL_ABORT, VdiStatus.NOERROR, ABNORMALLY_TERMINATED);
        }
    }

    DeviceSetConfiguration configuration() throws VdiException {
        admit(ServerFunction.GET_CONFIGURATION);
        return set.currentConfiguration();
    }

    void beginConfiguration(ServerConfiguration values) throws VdiException {
        admit(ServerFunction.BEGIN_CONFIGURATION);
        refuse(
                ServerFunction.BEGIN_CONFIGURATION,
                ConfigurationRules.checkDecision(
                        set.request(),
                        values.features(),
                        values.alignment(),
                        values.blockSize(),
                        values.maxTransferSize()));
        set.decide(values);
        move(ServerFunction.BEGIN_CONFIGURATION, VdiStatus.NOERROR, CONFIGURABLE);
    }

    void requestBuffers(int size, int alignment, int count) throws VdiException {
        admit(ServerFunction.REQUEST_BUFFERS);
        checkBuffer(ServerFunction.REQUEST_BUFFERS, size, alignment);
        if (count < 1) {
            refuse(ServerFunction.REQUEST_BUFFERS, List.of(Said.of("wrong.buffers", count)));
        }
        BufferRequest request = new BufferRequest(size, effective(alignment), count);
        if (state == CONFIGURABLE) {
            set.noteRequest(request);
        } else if (!set.area().extend(List.of(request), view)) {
            throw failure(ServerFunction.REQUEST_BUFFERS, VdiStatus.MEMORY);
        }
    }

    int queryAvailableBuffers(int size, int alignment) throws VdiException {
        admit(ServerFunction.QUERY_AVAILABLE_BUFFERS);
        checkBuffer(ServerFunction.QUERY_AVAILABLE_BUFFERS, size, alignment);
        return set.area().available(size, effective(alignment));
    }

    void endConfiguration() throws VdiException {
        admit(ServerFunction.END_CONFIGURATION);
        if (!set.configure(view)) {
            throw failure(ServerFunction.END_CONFIGURATION, VdiStatus.MEMORY);
        }
        move(ServerFunction.END_CONFIGURATION, VdiStatus.NOERROR, INITIALIZING);
    }

    Device openDevice(String name) throws VdiException {
        admit(ServerFunction.OPEN_DEVICE);
        Device device = set.nextUnopened();
        if (device == null) {
            throw failure(ServerFunction.OPEN_DEVICE, VdiStatus.OPEN);
        }
        refuse(ServerFunction.OPEN_DEVICE, ConfigurationRules.checkName(name));
        if (set.find(name) != null) {
            refuse(ServerFunction.OPEN_DEVICE, List.of(Said.of("wrong.deviceExists", name)));
        }
        device.openForServer(name);
        move(ServerFunction.OPEN_DEVICE, VdiStatus.NOERROR, ACTIVE);
        set.changes().callAll();
        return device;
    }

    void beginAgent() throws VdiException {
        admit(ServerFunction.EXECUTE_COMPLETION_AGENT);
        if (set.agent().isRunning()) {
            throw new VdiException(
                    call(ServerFunction.EXECUTE_COMPLETION_AGENT),
                    VdiStatus.PROTOCOL,
                    Said.of("wrong.agentRuns"));
        }
        move(ServerFunction.EXECUTE_COMPLETION_AGENT, VdiStatus.NOERROR, ACTIVE);
        set.agent().begin();
    }

    void refuseAgentAfterAbort() throws VdiException {
        admit(ServerFunction.EXECUTE_COMPLETION_AGENT);
    }

    SharedBuffer allocateBuffer(int size, int alignment) throws VdiException {
        admit(ServerFunction.ALLOCATE_BUFFER);
        checkBuffer(ServerFunction.ALLOCATE_BUFFER, size, alignment);
        AreaBuffer buffer = set.area().allocate(size, effective(alignment));
        if (buffer == null) {
            throw failure(ServerFunction.ALLOCATE_BUFFER, VdiStatus.MEMORY);
        }
        return buffer;
    }

    void freeBuffer(SharedBuffer buffer, int size) throws VdiException {
        admit(ServerFunction.FREE_BUFFER);
        if (!(buffer instanceof AreaBuffer own) || !set.area().owns(own) || !own.isAllocated()) {
            throw invalid(ServerFunction.FREE_BUFFER, Said.of("wrong.notAllocated"));
        }
        if (own.allocatedSize() != size) {
            throw invalid(
                    ServerFunction.FREE_BUFFER,
                    Said.of("wrong.allocated", own.allocatedSize(), size));
        }
        if (own.travels() && !set.isAborted()) {
            throw invalid(ServerFunction.FREE_BUFFER, Said.of("wrong.outstanding"));
        }
        own.free();
    }

    boolean isShared(ByteBuffer buffer) {
        return buffer.isDirect() && set.area().contains(MemorySegment.ofBuffer(buffer).address());
    }

    /** Closes a device; the last one ends the set normally. */
    void closeDevice(Device device) throws VdiException {
        device.close();
        boolean last = set.isClosedByServer();
        move(ServerFunction.CLOSE_DEVICE, VdiStatus.NOERROR, last ? NORMALLY_TERMINATED : ACTIVE);
        if (last) {
            set.agent().callOut();
        }
    }

    /**
     * Ends the server's part: aborts what is not finished, waits for the agent to deliver the last
     * routines and return, and for I/O to let go of the buffers. Called outside the monitor, once.
     *
     * @return what Close returns
     */
    VdiStatus close() throws VdiException {
        VdiStatus status;
        boolean fromRoutine;
        synchronized (set) {
            status = state == ACTIVE && hasOpenDevices() ? VdiStatus.PROTOCOL : VdiStatus.NOERROR;
            if (state != NORMALLY_TERMINATED) {
                set.abort();
            }
            fromRoutine = set.agent().isCurrentThread();
        }
        if (fromRoutine) {
            set.agent().drain();
        }
        set.await(
                set.changes(),
                TimeSource.NEVER,
                () -> set.agent().isRunning() ? null : Boolean.TRUE);
        synchronized (set) {
            move(ServerFunction.CLOSE, VdiStatus.NOERROR, DOES_NOT_EXIST);
        }
        view.close(set.time());
        synchronized (set) {
            set.releaseMemory();
        }
        return status;
    }

    private boolean hasOpenDevices() {
        for (Device device : set.devices()) {
            if (device.state() == DeviceState.OPEN || device.state() == DeviceState.IO_ERROR) {
                return true;
            }
        }
        return false;
    }

    /** Whether a command's buffer and size can be transferred; checked without allocating. */
    boolean isTransferable(@Nullable SharedBuffer buffer, int size) {
        DeviceSetConfiguration decision = set.decision();
        return buffer instanceof AreaBuffer own
                && set.area().owns(own)
                && own.isAllocated()
                && !own.travels()
                && size > 0
                && size <= own.allocatedSize()
                && size % decision.blockSize() == 0;
    }

    private int effective(int alignment) {
        return Math.max(alignment, set.decision().alignment());
    }

    private void checkBuffer(ServerFunction function, int size, int alignment) throws VdiException {
        int basic = set.decision().alignment();
        int largest = set.decision().maxTransferSize();
        if (!ConfigurationRules.acceptsBuffer(size, alignment, basic, largest)) {
            refuse(function, ConfigurationRules.checkBuffer(size, alignment, basic, largest));
        }
    }

    private void refuse(ServerFunction function, List<Said> findings) throws VdiException {
        if (!findings.isEmpty()) {
            throw invalid(function, Said.all(findings));
        }
    }

    private VdiException invalid(ServerFunction function, Said cause) {
        return new VdiException(call(function), VdiStatus.INVALID, cause);
    }
}
