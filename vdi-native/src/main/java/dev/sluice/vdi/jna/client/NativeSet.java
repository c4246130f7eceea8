package dev.sluice.vdi.jna.client;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.internal.Gate;
import dev.sluice.vdi.internal.MemoryView;
import dev.sluice.vdi.internal.SystemTime;
import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.protocol.ClientFunction;
import dev.sluice.vdi.protocol.ClientTransitions;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdConfigLayout;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One native object from Create or OpenInSecondary to Close. Its gate is what makes it safe: a
 * thread is inside the gate during each native call, a command from its fetch until it was offered
 * back, and {@link #close} gives nothing up before the gate is shut and empty.
 *
 * <p>The library decides what a state allows; here is noted only what Close has to know: whether an
 * abort was seen, and how many devices are open, from OpenDevice until VD_E_CLOSE.
 */
final class NativeSet {

    private static final TimeSource TIME = new SystemTime();
    private static final int PREFIX_UNKNOWN = -1;

    private final String name;
    private final ClientBinding binding;
    private final Gate gate = new Gate();
    private final MemoryView view = new MemoryView();
    private final BufferTable buffers = new BufferTable(view);
    // pointers the library writes to on behalf of a device
    private final Arena pointers = Arena.ofShared();
    private final List<NativeDevice> devices = new CopyOnWriteArrayList<>();
    private final AtomicInteger openDevices = new AtomicInteger();
    private volatile boolean aborted;
    private volatile int prefixZoneSize = PREFIX_UNKNOWN;

    private NativeSet(String name, ClientBinding binding) {
        this.name = name;
        this.binding = binding;
    }

    /**
     * Creates a set.
     *
     * @throws VdiException what the library refused with; nothing is left then
     */
    static NativeSet create(
            ClientBinding binding,
            @Nullable String instanceName,
            String setName,
            DeviceSetConfiguration configuration)
            throws VdiException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment asked = arena.allocate(VdConfigLayout.LENGTH, Long.BYTES);
            VdConfigLayout.write(configuration, asked);
            NativeSet set = new NativeSet(setName, binding);
            set.begin(
                    ClientFunction.CREATE,
                    () -> binding.create(instanceName, setName, asked.address()));
            set.prefixZoneSize = configuration.prefixZoneSize();
            return set;
        }
    }

    /**
     * Joins a set of another client.
     *
     * @throws VdiException what the library refused with; nothing is left then
     */
    static NativeSet join(ClientBinding binding, @Nullable String instanceName, String setName)
            throws VdiException {
        NativeSet set = new NativeSet(setName, binding);
        set.begin(
                ClientFunction.OPEN_IN_SECONDARY,
                () -> binding.openInSecondary(instanceName, setName));
        return set;
    }

    private interface NativeCall {
        int make();
    }

    private void begin(ClientFunction function, NativeCall first) throws VdiException {
        boolean begun = false;
        try {
            int result = first.make();
            if (result != VdiStatus.NOERROR.hresult()) {
                throw failure(naming(function, name), result);
            }
            begun = true;
        } finally {
            if (!begun) {
                view.close(TIME);
                pointers.close();
                binding.release();
            }
        }
    }

    ClientBinding binding() {
        return binding;
    }

    Gate gate() {
        return gate;
    }

    BufferTable buffers() {
        return buffers;
    }

    int prefixZoneSize() {
        int size = prefixZoneSize;
        if (size == PREFIX_UNKNOWN) {
            throw new IllegalStateException(
                    "A secondary client learns the prefix zone's size by GetConfiguration");
        }
        return size;
    }

    @Nullable DeviceSetConfiguration getConfiguration(long timeoutMillis) throws VdiException {
        enter(ClientFunction.GET_CONFIGURATION);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(VdConfigLayout.LENGTH, Long.BYTES);
            int result = binding.getConfiguration(timeout(timeoutMillis), answer.address());
            if (result == VdiStatus.TIMEOUT.hresult()) {
                return null;
            }
            check(ClientFunction.GET_CONFIGURATION, result);
            DeviceSetConfiguration configuration = VdConfigLayout.read(answer);
            prefixZoneSize = configuration.prefixZoneSize();
            return configuration;
        } finally {
            gate.leave();
        }
    }

    ClientDevice openDevice(String deviceName) throws VdiException {
        enter(ClientFunction.OPEN_DEVICE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment opened = arena.allocate(ValueLayout.JAVA_LONG);
            int result = binding.openDevice(deviceName, opened.address());
            if (result != VdiStatus.NOERROR.hresult()) {
                throw failure(naming(ClientFunction.OPEN_DEVICE, deviceName), result);
            }
            openDevices.incrementAndGet();
            return add(deviceName, opened.get(ValueLayout.JAVA_LONG, 0));
        } finally {
            gate.leave();
        }
    }

    private synchronized NativeDevice add(String deviceName, long address) {
        MemorySegment pointer = pointers.allocate(ValueLayout.JAVA_LONG);
        NativeDevice device = new NativeDevice(this, devices.size(), deviceName, address, pointer);
        devices.add(device);
        return device;
    }

    void deviceEnded() {
        openDevices.decrementAndGet();
    }

    int getBufferHandle(ByteBuffer buffer) throws VdiException {
        enter(ClientFunction.GET_BUFFER_HANDLE);
        try (Arena arena = Arena.ofConfined()) {
            // the whole buffer's address, wherever its position is
            MemorySegment memory = MemorySegment.ofBuffer(buffer.duplicate().clear());
            if (!memory.isNative()) {
                throw failure(ClientFunction.GET_BUFFER_HANDLE, VdiStatus.INVALID.hresult());
            }
            MemorySegment handle = arena.allocate(ValueLayout.JAVA_INT);
            check(
                    ClientFunction.GET_BUFFER_HANDLE,
                    binding.getBufferHandle(memory.address(), handle.address()));
            return handle.get(ValueLayout.JAVA_INT, 0);
        } finally {
            gate.leave();
        }
    }

    ByteBuffer mapBufferHandle(int handle, int size) throws VdiException {
        enter(ClientFunction.MAP_BUFFER_HANDLE);
        try (Arena arena = Arena.ofConfined()) {
            if (size < 1) {
                throw failure(ClientFunction.MAP_BUFFER_HANDLE, VdiStatus.INVALID.hresult());
            }
            MemorySegment mapped = arena.allocate(ValueLayout.JAVA_LONG);
            check(
                    ClientFunction.MAP_BUFFER_HANDLE,
                    binding.mapBufferHandle(handle, mapped.address()));
            return view.of(mapped.get(ValueLayout.JAVA_LONG, 0), size).asByteBuffer();
        } finally {
            gate.leave();
        }
    }

    void signalAbort() throws VdiException {
        enter(ClientFunction.SIGNAL_ABORT);
        try {
            check(ClientFunction.SIGNAL_ABORT, binding.signalAbort());
            aborted = true;
        } finally {
            gate.leave();
        }
    }

    /**
     * Ends everything, once. The order is what keeps threads alive: nobody new comes in; an abort
     * calls out who is blocked inside; when the last has left and given its command back, the views
     * of the memory die, then the devices, then the set.
     */
    void close() throws VdiException {
        boolean busy = gate.shut();
        boolean leftOpen = openDevices.get() > 0 && !isAborted();
        if ((busy || leftOpen) && state() != DeviceSetState.NORMALLY_TERMINATED) {
            // its result tells nothing new: Close does the same, only later
            binding.signalAbort();
        }
        gate.awaitEmpty();
        view.close(TIME);
        try {
            devices.forEach(device -> binding.releaseDevice(device.address()));
            checkClose(binding.close(), leftOpen);
        } finally {
            binding.release();
            pointers.close();
        }
    }

    private boolean isAborted() {
        // nobody may have noticed yet what the server did, so the library is asked
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(VdConfigLayout.LENGTH, Long.BYTES);
            return aborted
                    || binding.getConfiguration(0, answer.address()) == VdiStatus.ABORT.hresult();
        }
    }

    private void checkClose(int result, boolean leftOpen) throws VdiException {
        int open = VdiStatus.OPEN.hresult();
        if (leftOpen || (result != open && result != VdiStatus.NOERROR.hresult())) {
            throw failure(call(ClientFunction.CLOSE), leftOpen ? open : result);
        }
    }

    /** As much of the state as can be known without asking the library. */
    private DeviceSetState state() {
        if (aborted) {
            return DeviceSetState.ABNORMALLY_TERMINATED;
        }
        boolean ended = !devices.isEmpty() && openDevices.get() == 0;
        return ended ? DeviceSetState.NORMALLY_TERMINATED : DeviceSetState.ACTIVE;
    }

    /** The status with which the state refuses a call on a device, or null. */
    @Nullable VdiStatus refusal(ClientFunction function) {
        DeviceSetState state = gate.isShut() ? DeviceSetState.DOES_NOT_EXIST : state();
        return ClientTransitions.refusal(function, state);
    }

    private void enter(ClientFunction function) throws VdiException {
        if (!gate.enter()) {
            throw failure(function, VdiStatus.PROTOCOL.hresult());
        }
    }

    private void check(ClientFunction function, int result) throws VdiException {
        if (result != VdiStatus.NOERROR.hresult()) {
            throw failure(function, result);
        }
    }

    private VdiException failure(ClientFunction function, int result) {
        return failure(call(function), result);
    }

    private Said call(ClientFunction function) {
        return Said.of("call.onSet", function.symbol(), name);
    }

    /** A call that makes or opens what has this name. */
    static Said naming(ClientFunction function, String name) {
        return Said.of("call.named", function.symbol(), name);
    }

    /** What a number of the library's becomes, for every call. */
    VdiException failure(Said operation, int result) {
        if (result == VdiStatus.ABORT.hresult()) {
            aborted = true;
        }
        return new VdiException(operation, result);
    }

    /** A time-out as a binding takes it. */
    static long timeout(long millis) {
        return millis < 0 ? ClientBinding.INFINITE : millis;
    }
}
