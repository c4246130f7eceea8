package dev.sluice.vdi.jna.com;

import com.sun.jna.Pointer;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.internal.Gate;
import dev.sluice.vdi.internal.MemoryView;
import dev.sluice.vdi.internal.SystemTime;
import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.ServerFunction;
import dev.sluice.vdi.protocol.VdConfigLayout;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One {@code IServerVirtualDeviceSet2} from Open to Close (vdi-facts B.4). A thread is inside the
 * gate during each native call and each routine; the agent's call, which lasts as long as the set,
 * has a gate of its own. {@link #close} gives nothing up before both are empty.
 *
 * <p>The library decides what a state allows. Noted here is what must be known before it is asked:
 * whether an agent may begin, and what Close has to do.
 */
final class ServerSet {

    private static final int OPEN = 3;
    private static final int GET_CONFIGURATION = 4;
    private static final int BEGIN_CONFIGURATION = 5;
    private static final int END_CONFIGURATION = 6;
    private static final int REQUEST_BUFFERS = 7;
    private static final int QUERY_AVAILABLE_BUFFERS = 8;
    private static final int EXECUTE_COMPLETION_AGENT = 9;
    private static final int OPEN_DEVICE = 10;
    private static final int ALLOCATE_BUFFER = 11;
    private static final int FREE_BUFFER = 12;
    private static final int IS_SHARED_BUFFER = 13;
    private static final int SIGNAL_ABORT = 14;
    private static final int CLOSE = 15;

    private static final TimeSource TIME = new SystemTime();

    private final Apartment apartment;
    private final ApartmentKeeper keeper;
    private final ComObject set;
    private final String name;
    private final Gate gate = new Gate();
    private final ServerAgent agent = new ServerAgent(this);
    private final MemoryView view = new MemoryView();
    private final List<ComServerDevice> devices = new CopyOnWriteArrayList<>();
    private final AtomicInteger openDevices = new AtomicInteger();

    /** Guarded by this. */
    private final Map<Long, Integer> bufferIds = new HashMap<>();

    private volatile int deviceCount;
    private volatile int blockSize;
    private volatile int strictAlignment;
    private volatile boolean configured;
    private volatile boolean closing;
    private volatile boolean gone;
    private final AtomicBoolean closeDue = new AtomicBoolean();

    private ServerSet(Apartment apartment, ApartmentKeeper keeper, ComObject set, String name) {
        this.apartment = apartment;
        this.keeper = keeper;
        this.set = set;
        this.name = name;
    }

    /**
     * Attaches to a client's set.
     *
     * @throws VdiException what COM or the library refused with; nothing is left then
     */
    static ServerSet open(Apartment apartment, @Nullable String instanceName, String setName)
            throws VdiException {
        ApartmentKeeper keeper = new ApartmentKeeper(apartment);
        ComObject object = null;
        boolean opened = false;
        try (Arena arena = Arena.ofConfined()) {
            object = VdiClass.SERVER_DEVICE_SET.create(apartment);
            ServerSet set = new ServerSet(apartment, keeper, object, setName);
            set.check(
                    ServerFunction.OPEN,
                    object.call(
                            OPEN,
                            Arguments.instance(instanceName, arena),
                            Arguments.wide(setName, arena)));
            opened = true;
            return set;
        } finally {
            if (!opened) {
                if (object != null) {
                    object.close();
                }
                keeper.close();
            }
        }
    }

    Gate gate() {
        return gate;
    }

    ServerAgent agent() {
        return agent;
    }

    /** Whether the memory is gone. */
    boolean isGone() {
        return gone;
    }

    /** Enters the gate, unless the set is being closed. */
    boolean tryEnter() {
        return !closing && gate.enter();
    }

    /** As {@link #tryEnter}, where a refusal is VD_E_PROTOCOL. */
    void enter(ServerFunction function) throws VdiException {
        if (!tryEnter()) {
            throw new VdiException(call(function), VdiStatus.PROTOCOL);
        }
    }

    DeviceSetConfiguration getConfiguration() throws VdiException {
        enter(ServerFunction.GET_CONFIGURATION);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(VdConfigLayout.LENGTH, Long.BYTES);
            check(ServerFunction.GET_CONFIGURATION, set.call(GET_CONFIGURATION, answer.address()));
            return VdConfigLayout.read(answer);
        } finally {
            gate.leave();
        }
    }

    /**
     * The sources disagree which of the two numbers in the middle is the alignment and which the
     * block size (vdi-facts X-1), so the library is given the block size for both. A stricter
     * alignment is asked for buffer by buffer, which is allowed.
     */
    void beginConfiguration(ServerConfiguration decided) throws VdiException {
        DeviceSetConfiguration asked = getConfiguration();
        enter(ServerFunction.BEGIN_CONFIGURATION);
        try {
            check(
                    ServerFunction.BEGIN_CONFIGURATION,
                    set.call(
                            BEGIN_CONFIGURATION,
                            decided.features(),
                            decided.blockSize(),
                            decided.blockSize(),
                            decided.maxTransferSize(),
                            decided.timeoutMillis()));
            int strictest = Math.max(decided.alignment(), asked.alignment());
            strictAlignment = strictest > decided.blockSize() ? strictest : 0;
            blockSize = decided.blockSize();
            deviceCount = asked.deviceCount();
        } finally {
            gate.leave();
        }
    }

    void requestBuffers(int size, int alignment, int count) throws VdiException {
        call(ServerFunction.REQUEST_BUFFERS, REQUEST_BUFFERS, size, strict(alignment), count);
    }

    int queryAvailableBuffers(int size, int alignment) throws VdiException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            call(
                    ServerFunction.QUERY_AVAILABLE_BUFFERS,
                    QUERY_AVAILABLE_BUFFERS,
                    size,
                    strict(alignment),
                    count.address());
            return count.get(ValueLayout.JAVA_INT, 0);
        }
    }

    void endConfiguration() throws VdiException {
        call(ServerFunction.END_CONFIGURATION, END_CONFIGURATION);
        configured = true;
    }

    ComServerDevice openDevice(String deviceName) throws VdiException {
        enter(ServerFunction.OPEN_DEVICE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment opened = arena.allocate(ValueLayout.JAVA_LONG);
            check(
                    ServerFunction.OPEN_DEVICE,
                    set.call(OPEN_DEVICE, Arguments.wide(deviceName, arena), opened.address()));
            ComObject object =
                    new ComObject(
                            apartment,
                            new Pointer(opened.get(ValueLayout.JAVA_LONG, 0)),
                            ComServerDevice.SLOTS);
            ComServerDevice device = new ComServerDevice(this, object, deviceName);
            // counted first, so that the set never looks as if all its devices were closed
            openDevices.incrementAndGet();
            devices.add(device);
            return device;
        } finally {
            gate.leave();
        }
    }

    void deviceClosed() {
        openDevices.decrementAndGet();
    }

    /** Whether the server closed every device of the set: the normal end. */
    private boolean hasEnded() {
        return deviceCount > 0 && devices.size() == deviceCount && openDevices.get() == 0;
    }

    void executeCompletionAgent(Runnable whenRunning) throws VdiException {
        ServerFunction function = ServerFunction.EXECUTE_COMPLETION_AGENT;
        // asked before the library is, since whenRunning must not run for a call that is refused
        enter(function);
        try {
            if (isAborted()) {
                throw new VdiException(call(function), VdiStatus.ABORT);
            }
            if (!configured || hasEnded() || !agent.begin()) {
                throw new VdiException(call(function), VdiStatus.PROTOCOL);
            }
        } finally {
            gate.leave();
        }
        int status;
        try {
            agent.run(whenRunning);
            status = set.call(EXECUTE_COMPLETION_AGENT);
            if (status != VdiStatus.NOERROR.hresult()) {
                // for whatever reason: no routine will tell what the client still has in its hands
                set.call(SIGNAL_ABORT);
            } else if (!hasEnded() && isAborted()) {
                // what the library returns after an abort is not specified
                status = VdiStatus.ABORT.hresult();
            }
            agent.leave();
            failPending();
        } finally {
            agent.end();
        }
        finishDueClose();
        agent.throwFailure();
        check(function, status);
    }

    /** No agent runs any more, so nobody else would run these routines. */
    private void failPending() {
        for (Send send : CompletionRoutine.OF_THIS_PROCESS.sends()) {
            if (send.isPending(this)) {
                send.fail(CompletionCode.OPERATION_ABORTED.number());
            }
        }
    }

    ComSharedBuffer allocateBuffer(int size, int alignment) throws VdiException {
        enter(ServerFunction.ALLOCATE_BUFFER);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment allocated = arena.allocate(ValueLayout.JAVA_LONG);
            check(
                    ServerFunction.ALLOCATE_BUFFER,
                    set.call(ALLOCATE_BUFFER, allocated.address(), size, strict(alignment)));
            long address = allocated.get(ValueLayout.JAVA_LONG, 0);
            return new ComSharedBuffer(this, idOf(address), address, size, view);
        } finally {
            gate.leave();
        }
    }

    private synchronized int idOf(long address) {
        int next = bufferIds.size();
        return bufferIds.computeIfAbsent(address, _ -> next);
    }

    void freeBuffer(ComSharedBuffer buffer, int size) throws VdiException {
        enter(ServerFunction.FREE_BUFFER);
        try {
            if (buffer.set() != this || size != buffer.size() || !buffer.free()) {
                throw new VdiException(call(ServerFunction.FREE_BUFFER), VdiStatus.INVALID);
            }
            check(ServerFunction.FREE_BUFFER, set.call(FREE_BUFFER, buffer.address(), size));
        } finally {
            gate.leave();
        }
    }

    boolean isSharedBuffer(ByteBuffer buffer) {
        if (!buffer.isDirect() || !tryEnter()) {
            return false;
        }
        try {
            // a BOOL, not an HRESULT
            return set.call(IS_SHARED_BUFFER, MemorySegment.ofBuffer(buffer).address()) == 1;
        } finally {
            gate.leave();
        }
    }

    boolean isWholeBlocks(int size) {
        return size > 0 && blockSize > 0 && size % blockSize == 0;
    }

    void signalAbort() throws VdiException {
        call(ServerFunction.SIGNAL_ABORT, SIGNAL_ABORT);
    }

    /** As {@link #signalAbort}, for when nobody can be told. */
    void abort() {
        if (tryEnter()) {
            set.call(SIGNAL_ABORT);
            gate.leave();
        }
    }

    /** Whether an end aborted: the library is asked, for nobody here may have noticed. */
    boolean isAborted() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(VdConfigLayout.LENGTH, Long.BYTES);
            return set.call(GET_CONFIGURATION, answer.address()) == VdiStatus.ABORT.hresult();
        }
    }

    /**
     * Ends everything, once. An abort calls the agent out, and every routine has run before the
     * memory goes. After a normal end nothing is aborted: the agent has left by itself, or leaves
     * because of Close; and no routine is due. A routine that closes its set cannot wait for
     * itself: the rest is done when its thread comes out of the library.
     */
    void close() throws VdiException {
        closing = true;
        boolean leftOpen = openDevices.get() > 0 && !isAborted();
        if (!hasEnded()) {
            // what it returns tells nothing new
            set.call(SIGNAL_ABORT);
        }
        if (agent.isInsideRoutine()) {
            closeDue.set(true);
        } else {
            finishClose();
        }
        if (leftOpen) {
            throw new VdiException(call(ServerFunction.CLOSE), VdiStatus.PROTOCOL);
        }
    }

    /** Carries out a close that a routine asked for; by a thread that is out of the library. */
    void finishDueClose() throws VdiException {
        if (closeDue.compareAndSet(true, false)) {
            finishClose();
        }
    }

    private void finishClose() throws VdiException {
        boolean ended = hasEnded();
        gate.shut();
        agent.shut();
        gate.awaitEmpty();
        if (!ended) {
            agent.awaitEnd();
            failPending();
        }
        gone = true;
        view.close(TIME);
        try {
            devices.forEach(ComServerDevice::release);
            int status = set.call(CLOSE);
            if (ended) {
                agent.awaitEnd();
            }
            check(ServerFunction.CLOSE, status);
        } finally {
            set.close();
            keeper.close();
        }
    }

    private int strict(int alignment) {
        return Math.max(alignment, strictAlignment);
    }

    private void call(ServerFunction function, int slot, Object... arguments) throws VdiException {
        enter(function);
        try {
            check(function, set.call(slot, arguments));
        } finally {
            gate.leave();
        }
    }

    private void check(ServerFunction function, int status) throws VdiException {
        if (status != VdiStatus.NOERROR.hresult()) {
            throw new VdiException(call(function), status);
        }
    }

    private Said call(ServerFunction function) {
        return Said.of("call.onSet", function.symbol(), name);
    }
}
