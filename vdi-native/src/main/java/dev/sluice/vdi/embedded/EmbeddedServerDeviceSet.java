package dev.sluice.vdi.embedded;

import dev.sluice.vdi.VdiException;
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

/** A server's device set object; attached to at most one set at a time. */
final class EmbeddedServerDeviceSet implements ServerDeviceSet {

    private final NameSpace names;
    private volatile @Nullable ServerEnd end;

    EmbeddedServerDeviceSet(NameSpace names) {
        this.names = names;
    }

    @Override
    public synchronized void open(@Nullable String instanceName, String setName)
            throws VdiException {
        ServerEnd present = end;
        if (present != null) {
            synchronized (present.set()) {
                present.admit(ServerFunction.OPEN);
            }
        }
        Said call = Said.of("call.named", ServerFunction.OPEN.symbol(), setName);
        NameSpace.checkInstance(call, instanceName);
        end = names.attach(call, setName);
    }

    @Override
    public DeviceSetConfiguration getConfiguration() throws VdiException {
        ServerEnd present = end(ServerFunction.GET_CONFIGURATION);
        synchronized (present.set()) {
            return present.configuration();
        }
    }

    @Override
    public void beginConfiguration(ServerConfiguration configuration) throws VdiException {
        ServerEnd present = end(ServerFunction.BEGIN_CONFIGURATION);
        synchronized (present.set()) {
            present.beginConfiguration(configuration);
        }
    }

    @Override
    public void requestBuffers(int size, int alignment, int count) throws VdiException {
        ServerEnd present = end(ServerFunction.REQUEST_BUFFERS);
        synchronized (present.set()) {
            present.requestBuffers(size, alignment, count);
        }
    }

    @Override
    public int queryAvailableBuffers(int size, int alignment) throws VdiException {
        ServerEnd present = end(ServerFunction.QUERY_AVAILABLE_BUFFERS);
        synchronized (present.set()) {
            return present.queryAvailableBuffers(size, alignment);
        }
    }

    @Override
    public void endConfiguration() throws VdiException {
        ServerEnd present = end(ServerFunction.END_CONFIGURATION);
        synchronized (present.set()) {
            present.endConfiguration();
        }
    }

    @Override
    public ServerDevice openDevice(String name) throws VdiException {
        ServerEnd present = end(ServerFunction.OPEN_DEVICE);
        synchronized (present.set()) {
            return new EmbeddedServerDevice(present, present.openDevice(name), name);
        }
    }

    @Override
    public void executeCompletionAgent(Runnable whenRunning) throws VdiException {
        ServerEnd present = end(ServerFunction.EXECUTE_COMPLETION_AGENT);
        synchronized (present.set()) {
            present.beginAgent();
        }
        present.set().agent().serve(whenRunning);
    }

    @Override
    public SharedBuffer allocateBuffer(int size, int alignment) throws VdiException {
        ServerEnd present = end(ServerFunction.ALLOCATE_BUFFER);
        synchronized (present.set()) {
            return present.allocateBuffer(size, alignment);
        }
    }

    @Override
    public void freeBuffer(SharedBuffer buffer, int size) throws VdiException {
        ServerEnd present = end(ServerFunction.FREE_BUFFER);
        synchronized (present.set()) {
            present.freeBuffer(buffer, size);
        }
    }

    @Override
    public boolean isSharedBuffer(ByteBuffer buffer) {
        ServerEnd present = end;
        return present != null && present.isShared(buffer);
    }

    @Override
    public void signalAbort() throws VdiException {
        ServerEnd present = end(ServerFunction.SIGNAL_ABORT);
        synchronized (present.set()) {
            present.admit(ServerFunction.SIGNAL_ABORT);
            present.set().abort();
        }
    }

    @Override
    public void close() throws VdiException {
        ServerEnd ended = takeEnd();
        VdiStatus status = ended.close();
        if (status != VdiStatus.NOERROR) {
            throw ended.failure(ServerFunction.CLOSE, status);
        }
    }

    private synchronized ServerEnd takeEnd() throws VdiException {
        ServerEnd ended = end(ServerFunction.CLOSE);
        end = null;
        return ended;
    }

    /** The state of this object, for tests. */
    DeviceSetState state() {
        ServerEnd present = end;
        if (present == null) {
            return DeviceSetState.DOES_NOT_EXIST;
        }
        synchronized (present.set()) {
            return present.state();
        }
    }

    private ServerEnd end(ServerFunction function) throws VdiException {
        ServerEnd present = end;
        if (present == null) {
            VdiStatus refusal = ServerTransitions.refusal(function, DeviceSetState.DOES_NOT_EXIST);
            throw new VdiException(
                    Said.of("call.unattached", function.symbol()),
                    refusal == null ? VdiStatus.UNEXPECTED : refusal);
        }
        return present;
    }
}
