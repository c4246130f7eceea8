package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.NativeDouble;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.ServerVdiProvider;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Device sets of a provider, looked at from inside the set for what is outstanding at each Close. A
 * double notes by itself what rules are broken, and counts what is not given back.
 */
public final class CloseWatchingVdi implements VdiProvider, ServerVdiProvider {

    private final VdiProvider clients;
    private final ServerVdiProvider servers;
    private final @Nullable DoubleControl control;
    private final Map<String, Long> before;
    final AtomicInteger closes = new AtomicInteger();
    final List<String> violations = new CopyOnWriteArrayList<>();

    /** How many waits for the configuration elapse at once. */
    public final AtomicInteger elapsingWaits = new AtomicInteger();

    /** Lets a test put something of its own before a device. */
    volatile UnaryOperator<ClientDevice> onOpen = device -> device;

    <V extends VdiProvider & ServerVdiProvider> CloseWatchingVdi(V vdi) {
        this(vdi, vdi, null);
    }

    private CloseWatchingVdi(
            VdiProvider clients, ServerVdiProvider servers, @Nullable DoubleControl control) {
        this.clients = clients;
        this.servers = servers;
        this.control = control;
        this.before = control == null ? Map.of() : control.balances();
    }

    /** A double that begins clean, and is strict about buffers. */
    public static CloseWatchingVdi ofDouble(NativeDouble vdi) {
        vdi.control().reset();
        vdi.control().setStrictBuffers(true);
        return new CloseWatchingVdi(vdi, vdi, vdi.control());
    }

    /** The double's control; only where there is a double. */
    public DoubleControl control() {
        return Objects.requireNonNull(control);
    }

    /** Whether a double of a native library is behind it, and so only the client's end is seen. */
    boolean isNative() {
        return control != null;
    }

    /** At the end of a test: no rule was broken, and all is given back. */
    public void assertNothingIsLeft() {
        assertThat(violations).isEmpty();
        if (control != null) {
            assertThat(control.violations()).isEmpty();
            assertThat(control.balances()).isEqualTo(before);
        }
    }

    @Override
    public String name() {
        return clients.name();
    }

    @Override
    public ServerDeviceSet newServerDeviceSet() {
        return servers.newServerDeviceSet();
    }

    @Override
    public ClientDeviceSet newDeviceSet() {
        return new Watched(clients.newDeviceSet());
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
