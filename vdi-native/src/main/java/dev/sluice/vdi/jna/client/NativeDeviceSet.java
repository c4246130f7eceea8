package dev.sluice.vdi.jna.client;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.ClientFunction;
import dev.sluice.vdi.protocol.ClientTransitions;
import dev.sluice.vdi.protocol.ConfigurationRules;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A client's device set object over a native library; holds at most one set at a time, and for each
 * a native object of its own, so that nothing of an abort is left for the next.
 *
 * <p>Safe from any thread. What a native library makes different:
 *
 * <ul>
 *   <li>A device refuses a second thread that fetches at the same time, with VD_E_BUSY.
 *   <li>{@link #close()} waits, without limit, until every thread has left its call and every
 *       command was completed, then until I/O on a kept buffer has ended; native Close comes
 *       afterwards. While anything is under way, or a device is open, it first aborts the set,
 *       which calls blocked threads out. Who holds a command itself must complete it before
 *       closing: it would wait for itself for ever. An interrupt does not end the wait.
 *   <li>A prefix zone is known in a secondary client once it has the configuration.
 * </ul>
 */
public final class NativeDeviceSet implements ClientDeviceSet {

    private final ClientLibrary library;
    private volatile @Nullable NativeSet current;

    /**
     * Makes an object that holds no set yet; the library is not called before there is one.
     *
     * @param library makes the native objects
     */
    public NativeDeviceSet(ClientLibrary library) {
        this.library = library;
    }

    @Override
    public synchronized void create(
            @Nullable String instanceName, String setName, DeviceSetConfiguration configuration)
            throws VdiException {
        Said call = refuseSecondUse(ClientFunction.CREATE, setName);
        refuse(call, VdiStatus.INSTANCE_NAME, library.checkInstance(instanceName));
        refuse(call, VdiStatus.INVALID, ConfigurationRules.checkName(setName));
        refuse(call, VdiStatus.INVALID, library.checkName(setName));
        refuse(call, VdiStatus.NOT_SUPPORTED, ConfigurationRules.checkRequest(configuration));
        current =
                NativeSet.create(
                        library.newDeviceSet(), bare(instanceName), setName, configuration);
    }

    @Override
    public synchronized void openInSecondary(@Nullable String instanceName, String setName)
            throws VdiException {
        Said call = refuseSecondUse(ClientFunction.OPEN_IN_SECONDARY, setName);
        refuse(call, VdiStatus.INSTANCE_NAME, library.checkInstance(instanceName));
        // there cannot be a set of such a name to join
        refuse(call, VdiStatus.PROTOCOL, ConfigurationRules.checkName(setName));
        refuse(call, VdiStatus.PROTOCOL, library.checkName(setName));
        current = NativeSet.join(library.newDeviceSet(), bare(instanceName), setName);
    }

    private Said refuseSecondUse(ClientFunction function, String setName) throws VdiException {
        Said call = NativeSet.naming(function, setName);
        if (current != null) {
            throw new VdiException(call, VdiStatus.PROTOCOL, Said.of("wrong.secondUse"));
        }
        return call;
    }

    private static void refuse(Said call, VdiStatus status, List<Said> findings)
            throws VdiException {
        if (!findings.isEmpty()) {
            throw new VdiException(call, status, Said.all(findings));
        }
    }

    private static @Nullable String bare(@Nullable String instanceName) {
        return instanceName == null || instanceName.isEmpty() ? null : instanceName;
    }

    @Override
    public @Nullable DeviceSetConfiguration getConfiguration(long timeoutMillis)
            throws VdiException {
        return set(ClientFunction.GET_CONFIGURATION).getConfiguration(timeoutMillis);
    }

    @Override
    public ClientDevice openDevice(String name) throws VdiException {
        NativeSet set = set(ClientFunction.OPEN_DEVICE);
        refuse(
                NativeSet.naming(ClientFunction.OPEN_DEVICE, name),
                VdiStatus.INVALID,
                library.checkName(name));
        return set.openDevice(name);
    }

    @Override
    public int getBufferHandle(ByteBuffer buffer) throws VdiException {
        return set(ClientFunction.GET_BUFFER_HANDLE).getBufferHandle(buffer);
    }

    @Override
    public ByteBuffer mapBufferHandle(int handle, int size) throws VdiException {
        return set(ClientFunction.MAP_BUFFER_HANDLE).mapBufferHandle(handle, size);
    }

    @Override
    public void signalAbort() throws VdiException {
        set(ClientFunction.SIGNAL_ABORT).signalAbort();
    }

    @Override
    public void close() throws VdiException {
        takeSet().close();
    }

    private synchronized NativeSet takeSet() throws VdiException {
        NativeSet ended = set(ClientFunction.CLOSE);
        current = null;
        return ended;
    }

    @Override
    public Optional<DeviceSetObservation> observe() {
        NativeSet present = current;
        return present == null ? Optional.empty() : Optional.of(present.buffers());
    }

    private NativeSet set(ClientFunction function) throws VdiException {
        NativeSet present = current;
        if (present == null) {
            VdiStatus refusal = ClientTransitions.refusal(function, DeviceSetState.DOES_NOT_EXIST);
            throw new VdiException(
                    Said.of("call.withoutSet", function.symbol()),
                    refusal == null ? VdiStatus.UNEXPECTED : refusal);
        }
        return present;
    }
}
