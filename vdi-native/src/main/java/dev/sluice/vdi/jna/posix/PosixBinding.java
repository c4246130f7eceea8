package dev.sluice.vdi.jna.posix;

import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.jna.client.ClientBinding;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** One {@code ClientVirtualDeviceSet} and its devices. */
final class PosixBinding implements ClientBinding {

    /** sizeof(ClientVirtualDeviceSet): a pointer to what is inside. */
    private static final long OBJECT_SIZE = Long.BYTES;

    // the object, and names for as long as it lives: nothing says that the library copies them
    private final Arena memory = Arena.ofShared();
    private final long set = memory.allocate(OBJECT_SIZE, Long.BYTES).address();
    private final DeviceCalls calls;
    // made once: one for each command would be garbage
    private final NativeWaits.Call getCommand;
    private final NativeWaits waits;

    PosixBinding(DeviceCalls calls, TimeSource time) {
        this.calls = calls;
        getCommand = calls::getCommand;
        waits = new NativeWaits(time);
        SqlVdi.construct(set);
    }

    private long text(String name) {
        return memory.allocateFrom(name, StandardCharsets.US_ASCII).address();
    }

    @Override
    public int create(@Nullable String instanceName, String setName, long configuration) {
        long name = text(setName);
        return Umask.allowingTheGroup(() -> SqlVdi.create(set, name, configuration));
    }

    @Override
    public int getConfiguration(long timeoutMillis, long configuration) {
        return waits.make(SqlVdi::getConfiguration, set, timeoutMillis, configuration);
    }

    @Override
    public int openDevice(String name, long device) {
        long text = text(name);
        return Umask.allowingTheGroup(() -> SqlVdi.openDevice(set, text, device));
    }

    @Override
    public int openInSecondary(@Nullable String instanceName, String setName) {
        long name = text(setName);
        return Umask.allowingTheGroup(() -> SqlVdi.openInSecondary(set, name));
    }

    @Override
    public int getBufferHandle(long buffer, long handle) {
        return SqlVdi.getBufferHandle(set, buffer, handle);
    }

    @Override
    public int mapBufferHandle(int handle, long buffer) {
        return SqlVdi.mapBufferHandle(set, handle, buffer);
    }

    @Override
    public int signalAbort() {
        return SqlVdi.signalAbort(set);
    }

    @Override
    public int close() {
        return SqlVdi.close(set);
    }

    @Override
    public int getCommand(long device, long timeoutMillis, long command) {
        return waits.make(getCommand, device, timeoutMillis, command);
    }

    @Override
    public int completeCommand(
            long device, long command, int completionCode, int bytesTransferred, long position) {
        return calls.completeCommand(device, command, completionCode, bytesTransferred, position);
    }

    @Override
    public void releaseDevice(long device) {
        // the library made it and ends it at Close
    }

    @Override
    public void release() {
        SqlVdi.destruct(set);
        memory.close();
    }
}
