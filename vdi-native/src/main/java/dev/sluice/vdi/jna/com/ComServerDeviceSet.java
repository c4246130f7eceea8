package dev.sluice.vdi.jna.com;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.ConfigurationRules;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.ServerFunction;
import dev.sluice.vdi.protocol.ServerTransitions;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.SharedBuffer;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's device set object over {@code sqlvdi.dll}; attached to at most one set at a time, and
 * to each through a native object of its own. Safe from any thread. What the library makes
 * different:
 *
 * <ul>
 *   <li>Commands should be sent when the agent runs; {@code whenRunning} is called right before the
 *       native call, since the library does not say when it is inside.
 *   <li>{@link #close()} aborts a set that did not end normally, waits until every call has
 *       returned and every routine has run, then until I/O on a buffer has ended; native Close
 *       comes afterwards. From inside a completion routine it only aborts, and the rest is done
 *       when the routine's thread comes out of the library.
 *   <li>A completion routine that throws aborts the set; the agent's call throws what the first one
 *       threw.
 *   <li>A buffer's number is the server's own: the client counts for itself.
 * </ul>
 */
final class ComServerDeviceSet implements ServerDeviceSet {

    private final Apartment apartment;
    private volatile @Nullable ServerSet current;

    ComServerDeviceSet(Apartment apartment) {
        this.apartment = apartment;
    }

    @Override
    public synchronized void open(@Nullable String instanceName, String setName)
            throws VdiException {
        Said call = Said.of("call.named", ServerFunction.OPEN.symbol(), setName);
        if (current != null) {
            throw new VdiException(call, VdiStatus.PROTOCOL, Said.of("wrong.attached"));
        }
        refuse(call, VdiStatus.INSTANCE_NAME, Arguments.checkInstance(instanceName));
        List<Said> wrong = new ArrayList<>(ConfigurationRules.checkName(setName));
        wrong.addAll(Arguments.checkName(setName));
        refuse(call, VdiStatus.INVALID, wrong);
        current = ServerSet.open(apartment, instanceName, setName);
    }

    private static void refuse(Said call, VdiStatus status, List<Said> findings)
            throws VdiException {
        if (!findings.isEmpty()) {
            throw new VdiException(call, status, Said.all(findings));
        }
    }

    @Override
    public DeviceSetConfiguration getConfiguration() throws VdiException {
        return set(ServerFunction.GET_CONFIGURATION).getConfiguration();
    }

    @Override
    public void beginConfiguration(ServerConfiguration configuration) throws VdiException {
        set(ServerFunction.BEGIN_CONFIGURATION).beginConfiguration(configuration);
    }

    @Override
    public void requestBuffers(int size, int alignment, int count) throws VdiException {
        set(ServerFunction.REQUEST_BUFFERS).requestBuffers(size, alignment, count);
    }

    @Override
    public int queryAvailableBuffers(int size, int alignment) throws VdiException {
        return set(ServerFunction.QUERY_AVAILABLE_BUFFERS).queryAvailableBuffers(size, alignment);
    }

    @Override
    public void endConfiguration() throws VdiException {
        set(ServerFunction.END_CONFIGURATION).endConfiguration();
    }

    @Override
    public ServerDevice openDevice(String name) throws VdiException {
        ServerSet set = set(ServerFunction.OPEN_DEVICE);
        refuse(
                Said.of("call.named", ServerFunction.OPEN_DEVICE.symbol(), name),
                VdiStatus.INVALID,
                Arguments.checkName(name));
        return set.openDevice(name);
    }

    @Override
    public void executeCompletionAgent(Runnable whenRunning) throws VdiException {
        set(ServerFunction.EXECUTE_COMPLETION_AGENT).executeCompletionAgent(whenRunning);
    }

    @Override
    public SharedBuffer allocateBuffer(int size, int alignment) throws VdiException {
        return set(ServerFunction.ALLOCATE_BUFFER).allocateBuffer(size, alignment);
    }

    @Override
    public void freeBuffer(SharedBuffer buffer, int size) throws VdiException {
        ServerSet set = set(ServerFunction.FREE_BUFFER);
        if (!(buffer instanceof ComSharedBuffer own)) {
            throw new VdiException(
                    Said.asIs(ServerFunction.FREE_BUFFER.symbol()),
                    VdiStatus.INVALID,
                    Said.of("wrong.foreignBuffer"));
        }
        set.freeBuffer(own, size);
    }

    @Override
    public boolean isSharedBuffer(ByteBuffer buffer) {
        ServerSet set = current;
        return set != null && set.isSharedBuffer(buffer);
    }

    @Override
    public void signalAbort() throws VdiException {
        set(ServerFunction.SIGNAL_ABORT).signalAbort();
    }

    @Override
    public void close() throws VdiException {
        takeSet().close();
    }

    private synchronized ServerSet takeSet() throws VdiException {
        ServerSet ended = set(ServerFunction.CLOSE);
        current = null;
        return ended;
    }

    private ServerSet set(ServerFunction function) throws VdiException {
        ServerSet present = current;
        if (present == null) {
            VdiStatus refusal = ServerTransitions.refusal(function, DeviceSetState.DOES_NOT_EXIST);
            throw new VdiException(
                    Said.of("call.unattached", function.symbol()),
                    refusal == null ? VdiStatus.UNEXPECTED : refusal);
        }
        return present;
    }
}
