package dev.sluice.vdi.embedded;

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

/** A client's device set object; holds at most one set at a time. */
final class EmbeddedClientDeviceSet implements ClientDeviceSet {

    private final NameSpace names;
    private volatile @Nullable ClientEnd end;

    EmbeddedClientDeviceSet(NameSpace names) {
        this.names = names;
    }

    @Override
    public synchronized void create(
            @Nullable String instanceName, String setName, DeviceSetConfiguration configuration)
            throws VdiException {
        refuseSecondUse(ClientFunction.CREATE);
        Said call = Said.of("call.named", ClientFunction.CREATE.symbol(), setName);
        NameSpace.checkInstance(call, instanceName);
        refuse(call, VdiStatus.INVALID, ConfigurationRules.checkName(setName));
        refuse(call, VdiStatus.NOT_SUPPORTED, ConfigurationRules.checkRequest(configuration));
        end = names.create(call, setName, configuration);
    }

    @Override
    public synchronized void openInSecondary(@Nullable String instanceName, String setName)
            throws VdiException {
        refuseSecondUse(ClientFunction.OPEN_IN_SECONDARY);
        Said call = Said.of("call.named", ClientFunction.OPEN_IN_SECONDARY.symbol(), setName);
        NameSpace.checkInstance(call, instanceName);
        end = names.join(call, setName);
    }

    private void refuseSecondUse(ClientFunction function) throws VdiException {
        ClientEnd present = end;
        if (present != null) {
            synchronized (present.set()) {
                present.admit(function);
            }
        }
    }

    private static void refuse(Said call, VdiStatus status, List<Said> findings)
            throws VdiException {
        if (!findings.isEmpty()) {
            throw new VdiException(call, status, Said.all(findings));
        }
    }

    @Override
    public @Nullable DeviceSetConfiguration getConfiguration(long timeoutMillis)
            throws VdiException {
        ClientEnd present = end(ClientFunction.GET_CONFIGURATION);
        return present.await(present.set().changes(), timeoutMillis, present::configuration);
    }

    @Override
    public ClientDevice openDevice(String name) throws VdiException {
        ClientEnd present = end(ClientFunction.OPEN_DEVICE);
        Device device = present.await(present.set().changes(), INFINITE, () -> present.open(name));
        if (device == null) {
            throw present.failure(ClientFunction.OPEN_DEVICE, VdiStatus.UNEXPECTED);
        }
        return new EmbeddedClientDevice(present, device, name);
    }

    @Override
    public int getBufferHandle(ByteBuffer buffer) throws VdiException {
        ClientEnd present = end(ClientFunction.GET_BUFFER_HANDLE);
        synchronized (present.set()) {
            return present.handleOf(buffer);
        }
    }

    @Override
    public ByteBuffer mapBufferHandle(int handle, int size) throws VdiException {
        ClientEnd present = end(ClientFunction.MAP_BUFFER_HANDLE);
        synchronized (present.set()) {
            return present.map(handle, size);
        }
    }

    @Override
    public void signalAbort() throws VdiException {
        ClientEnd present = end(ClientFunction.SIGNAL_ABORT);
        synchronized (present.set()) {
            present.admit(ClientFunction.SIGNAL_ABORT);
            present.set().abort();
        }
    }

    @Override
    public void close() throws VdiException {
        ClientEnd ended = takeEnd();
        names.remove(ended);
        VdiStatus status = ended.close();
        if (status != VdiStatus.NOERROR) {
            throw ended.failure(ClientFunction.CLOSE, status);
        }
    }

    private synchronized ClientEnd takeEnd() throws VdiException {
        ClientEnd ended = end(ClientFunction.CLOSE);
        end = null;
        return ended;
    }

    @Override
    public Optional<DeviceSetObservation> observe() {
        ClientEnd present = end;
        return present == null ? Optional.empty() : Optional.of(new SetObservation(present.set()));
    }

    /** The state of this object, for tests. */
    DeviceSetState state() {
        ClientEnd present = end;
        if (present == null) {
            return DeviceSetState.DOES_NOT_EXIST;
        }
        synchronized (present.set()) {
            return present.state();
        }
    }

    private ClientEnd end(ClientFunction function) throws VdiException {
        ClientEnd present = end;
        if (present == null) {
            VdiStatus refusal = ClientTransitions.refusal(function, DeviceSetState.DOES_NOT_EXIST);
            throw new VdiException(
                    Said.of("call.withoutSet", function.symbol()),
                    refusal == null ? VdiStatus.UNEXPECTED : refusal);
        }
        return present;
    }
}
