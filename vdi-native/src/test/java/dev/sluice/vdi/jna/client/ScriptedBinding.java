package dev.sluice.vdi.jna.client;

import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdConfigLayout;
import dev.sluice.vdi.protocol.VdcCommandLayout;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A native device set object in Java, with real memory. A test plays the server through {@link
 * #configure}, {@link #send}, {@link #closeDevice} and {@link #abort}; calls block as the real ones
 * do. Every breach of the rules of {@link ClientBinding} is noted.
 */
class ScriptedBinding implements ClientBinding {

    static final int PREFIX = 64;
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final long FIRST_DEVICE = 0x1000;

    /** How a command came back. */
    record Completion(long command, int code, int bytes, long position) {}

    private static final class Device {
        final Queue<Long> queue = new ArrayDeque<>();
        boolean closed;
        boolean released;
    }

    private final Arena arena = Arena.ofShared();
    private final int beginResult;
    private final Map<Long, Device> devices = new HashMap<>();
    private final Set<Long> outstanding = new HashSet<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final List<Completion> completions = new ArrayList<>();
    private @Nullable DeviceSetConfiguration configuration;
    private long lastBuffer;
    private int inside;
    private boolean configured;
    private boolean aborted;
    private boolean closed;
    private boolean released;

    /** While set, a blocked call takes no notice of an abort: it is still on its way out. */
    private boolean detained;

    /** Runs before CompleteCommand returns, when the command is the server's again. */
    Runnable whenCompleted = () -> {};

    /** What Close returns; null for what the specification says. */
    @Nullable Integer closeResult;

    ScriptedBinding(int beginResult) {
        this.beginResult = beginResult;
    }

    // ---- the server's side, for tests

    synchronized ScriptedBinding configure() {
        configured = true;
        notifyAll();
        return this;
    }

    /** Memory for a buffer with a prefix zone; the address of the data. */
    synchronized long buffer(int size) {
        return arena.allocate(PREFIX + size, PREFIX).address() + PREFIX;
    }

    /**
     * Queues a command.
     *
     * @return its address
     */
    synchronized long send(int device, int code, int size, long position, long buffer) {
        MemorySegment command = arena.allocate(VdcCommandLayout.LENGTH, Long.BYTES);
        VdcCommandLayout.write(new VdcCommandLayout.Fields(code, size, position, buffer), command);
        queueOf(device).queue.add(command.address());
        notifyAll();
        return command.address();
    }

    synchronized void closeDevice(int device) {
        queueOf(device).closed = true;
        notifyAll();
    }

    private Device queueOf(int device) {
        return devices.computeIfAbsent(FIRST_DEVICE + device, address -> new Device());
    }

    synchronized void abort() {
        aborted = true;
        notifyAll();
    }

    /** Keeps blocked calls inside in spite of an abort, until {@link #letGo}. */
    synchronized void detain() {
        detained = true;
    }

    synchronized void letGo() {
        detained = false;
        notifyAll();
    }

    synchronized boolean isAborted() {
        return aborted;
    }

    synchronized boolean isReleased() {
        return released;
    }

    /** The calls so far, by their names in the specification. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized List<Completion> completions() {
        return List.copyOf(completions);
    }

    // ---- the client's calls

    private void enter(String call) {
        calls.add(call);
        inside++;
        if (closed || released) {
            violations.add(call + " after Close");
        }
    }

    private void leave() {
        inside--;
        notifyAll();
    }

    private boolean comesOut() {
        return aborted && !detained;
    }

    private void await(BooleanSupplier condition, long timeoutMillis) {
        long start = System.nanoTime();
        try {
            while (!condition.getAsBoolean()) {
                long left = timeoutMillis - (System.nanoTime() - start) / 1_000_000;
                if (timeoutMillis != INFINITE && left <= 0) {
                    return;
                }
                wait(timeoutMillis == INFINITE ? 0 : left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public synchronized int create(
            @Nullable String instanceName, String setName, long configurationAddress) {
        calls.add("Create");
        configuration =
                VdConfigLayout.read(MEMORY.asSlice(configurationAddress, VdConfigLayout.LENGTH));
        return beginResult;
    }

    @Override
    public synchronized int openInSecondary(@Nullable String instanceName, String setName) {
        calls.add("OpenInSecondary");
        configuration = DeviceSetConfiguration.request(2, 0);
        configured = true;
        return beginResult;
    }

    @Override
    public synchronized int getConfiguration(long timeoutMillis, long answer) {
        enter("GetConfiguration");
        try {
            await(() -> comesOut() || configured, timeoutMillis);
            if (aborted) {
                return VdiStatus.ABORT.hresult();
            }
            if (!configured) {
                return VdiStatus.TIMEOUT.hresult();
            }
            VdConfigLayout.write(answer(), MEMORY.asSlice(answer, VdConfigLayout.LENGTH));
            return 0;
        } finally {
            leave();
        }
    }

    private DeviceSetConfiguration answer() {
        int devicesAsked = configuration == null ? 0 : configuration.deviceCount();
        return new DeviceSetConfiguration(
                devicesAsked, Features.WRITE_MEDIA, PREFIX, 4096, 0, 0, 0, 4096, 4, 65536, 1 << 20);
    }

    @Override
    public synchronized int openDevice(String name, long device) {
        enter("OpenDevice");
        try {
            if (aborted) {
                return VdiStatus.ABORT.hresult();
            }
            int index = Integer.parseInt(name);
            queueOf(index);
            MEMORY.set(ValueLayout.JAVA_LONG, device, FIRST_DEVICE + index);
            return 0;
        } finally {
            leave();
        }
    }

    @Override
    public synchronized int getBufferHandle(long buffer, long handle) {
        enter("GetBufferHandle");
        MEMORY.set(ValueLayout.JAVA_INT, handle, (int) (buffer / PREFIX));
        leave();
        return 0;
    }

    @Override
    public synchronized int mapBufferHandle(int handle, long buffer) {
        enter("MapBufferHandle");
        MEMORY.set(ValueLayout.JAVA_LONG, buffer, lastBuffer);
        leave();
        return handle == (int) (lastBuffer / PREFIX) ? 0 : VdiStatus.INVALID.hresult();
    }

    @Override
    public synchronized int signalAbort() {
        enter("SignalAbort");
        abort();
        leave();
        return 0;
    }

    @Override
    public synchronized int getCommand(long address, long timeoutMillis, long command) {
        enter("GetCommand");
        try {
            Device device = devices.get(address);
            if (device == null || device.released) {
                violations.add("GetCommand on an unknown device");
                return VdiStatus.INVALID.hresult();
            }
            await(() -> comesOut() || device.closed || !device.queue.isEmpty(), timeoutMillis);
            return fetch(device, command);
        } finally {
            leave();
        }
    }

    private int fetch(Device device, long command) {
        if (aborted) {
            return VdiStatus.ABORT.hresult();
        }
        Long next = device.queue.poll();
        if (next == null) {
            return (device.closed ? VdiStatus.CLOSE : VdiStatus.TIMEOUT).hresult();
        }
        outstanding.add(next);
        lastBuffer = VdcCommandLayout.buffer(MEMORY, next);
        MEMORY.set(ValueLayout.JAVA_LONG, command, next);
        return 0;
    }

    @Override
    public synchronized int completeCommand(
            long device, long command, int completionCode, int bytesTransferred, long position) {
        enter("CompleteCommand");
        try {
            if (!outstanding.remove(command)) {
                violations.add("CompleteCommand for a command that is not outstanding");
            }
            if (aborted) {
                return VdiStatus.ABORT.hresult();
            }
            completions.add(new Completion(command, completionCode, bytesTransferred, position));
            whenCompleted.run();
            return 0;
        } finally {
            leave();
        }
    }

    @Override
    public synchronized void releaseDevice(long device) {
        Device known = devices.get(device);
        calls.add("ReleaseDevice");
        if (closed || known == null || known.released) {
            violations.add("a device was released after Close, twice, or never opened");
            return;
        }
        known.released = true;
    }

    @Override
    public synchronized int close() {
        calls.add("Close");
        if (inside > 0 || !outstanding.isEmpty()) {
            violations.add(
                    "Close with %d calls inside and %d commands outstanding"
                            .formatted(inside, outstanding.size()));
        }
        if (closed) {
            violations.add("a second Close");
        }
        closed = true;
        arena.close();
        return closeResult == null ? closeStatus().hresult() : closeResult;
    }

    private VdiStatus closeStatus() {
        boolean open = devices.values().stream().anyMatch(device -> !device.closed);
        return open && !aborted ? VdiStatus.OPEN : VdiStatus.NOERROR;
    }

    @Override
    public synchronized void release() {
        calls.add("Release");
        if (released || (!closed && beginResult == 0)) {
            violations.add("Release twice or before Close");
        }
        released = true;
    }
}
