package dev.sluice.job;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.embedded.EmbeddedVdi;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.ServerVdiProvider;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Embedded device sets that look, from inside the set, at what is outstanding at each Close. */
final class CloseWatchingVdi implements VdiProvider, ServerVdiProvider {

    private final EmbeddedVdi vdi = new EmbeddedVdi();
    final AtomicInteger closes = new AtomicInteger();
    final List<String> violations = new CopyOnWriteArrayList<>();

    /** How many waits for the configuration elapse at once. */
    final AtomicInteger elapsingWaits = new AtomicInteger();

    /** Lets a test put something of its own before a device. */
    volatile UnaryOperator<ClientDevice> onOpen = device -> device;

    @Override
    public String name() {
        return vdi.name();
    }

    @Override
    public ServerDeviceSet newServerDeviceSet() {
        return vdi.newServerDeviceSet();
    }

    @Override
    public ClientDeviceSet newDeviceSet() {
        return new Watched(vdi.newDeviceSet());
    }

    private final class Watched implements ClientDeviceSet {

        private final ClientDeviceSet set;

        Watched(ClientDeviceSet set) {
            this.set = set;
        }

        @Override
        public void close() throws VdiException {
            closes.incrementAndGet();
            int outstanding = set.observe().map(DeviceSetObservation::outstanding).orElse(0);
            if (outstanding != 0) {
                violations.add(outstanding + " buffers are outstanding at Close");
            }
            try {
                set.close();
            } catch (VdiException e) {
                violations.add(String.valueOf(e.getMessage()));
                throw e;
            }
        }

        @Override
        public void create(
                @Nullable String instanceName, String setName, DeviceSetConfiguration configuration)
                throws VdiException {
            set.create(instanceName, setName, configuration);
        }

        @Override
        public @Nullable DeviceSetConfiguration getConfiguration(long timeoutMillis)
                throws VdiException {
            return elapsingWaits.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                    ? null
                    : set.getConfiguration(timeoutMillis);
        }

        @Override
        public ClientDevice openDevice(String name) throws VdiException {
            return onOpen.apply(set.openDevice(name));
        }

        @Override
        public void openInSecondary(@Nullable String instanceName, String setName)
                throws VdiException {
            set.openInSecondary(instanceName, setName);
        }

        @Override
        public int getBufferHandle(ByteBuffer buffer) throws VdiException {
            return set.getBufferHandle(buffer);
        }

        @Override
        public ByteBuffer mapBufferHandle(int handle, int size) throws VdiException {
            return set.mapBufferHandle(handle, size);
        }

        @Override
        public void signalAbort() throws VdiException {
            set.signalAbort();
        }

        @Override
        public Optional<DeviceSetObservation> observe() {
            return set.observe();
        }
    }
}
