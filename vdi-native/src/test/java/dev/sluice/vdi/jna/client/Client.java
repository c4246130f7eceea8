package dev.sluice.vdi.jna.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.Rig;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdiStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A client's object over a scripted library, taken by a test as far as it wants. Closing it checks
 * that no rule of the library was broken and no native object is left.
 */
final class Client implements AutoCloseable {

    static final int SIZE = 4096;

    final ScriptedLibrary library;
    final NativeDeviceSet set;
    final List<ClientDevice> devices = new ArrayList<>();

    Client() {
        this(new ScriptedLibrary());
    }

    Client(ScriptedLibrary library) {
        this.library = library;
        this.set = new NativeDeviceSet(library);
    }

    /** An active set. */
    static Client active(int devices) throws VdiException {
        return new Client().create(devices).configure().open(devices);
    }

    /** A set of two devices in a state. */
    static Client in(DeviceSetState state) throws VdiException {
        Client client = new Client();
        return switch (state) {
            case DOES_NOT_EXIST, CONNECTED -> client;
            case CONFIGURABLE -> client.create(2);
            case INITIALIZING -> client.create(2).configure();
            case ACTIVE -> client.create(2).configure().open(2);
            case NORMALLY_TERMINATED -> client.create(2).configure().open(2).finish();
            case ABNORMALLY_TERMINATED -> client.create(2).configure().open(2).abort();
        };
    }

    Client create(int count) throws VdiException {
        set.create(null, "set", DeviceSetConfiguration.request(count, 0));
        return this;
    }

    Client configure() throws VdiException {
        server().configure();
        assertThat(set.getConfiguration(-1)).isNotNull();
        return this;
    }

    Client open(int count) throws VdiException {
        for (int i = 0; i < count; i++) {
            devices.add(set.openDevice(Integer.toString(i)));
        }
        return this;
    }

    private Client finish() {
        for (int i = 0; i < devices.size(); i++) {
            ClientDevice device = devices.get(i);
            server().closeDevice(i);
            Rig.assertStatus(VdiStatus.CLOSE, () -> device.getCommand(-1));
        }
        return this;
    }

    private Client abort() throws VdiException {
        set.signalAbort();
        return this;
    }

    ScriptedBinding server() {
        return library.last();
    }

    ClientDevice device() {
        return devices.getFirst();
    }

    /** Lets the server send a Write on device 0 and fetches it. */
    Command fetchWrite() throws VdiException {
        return fetchWrite(0, server().buffer(SIZE));
    }

    /** Lets the server send a Write and fetches it. */
    Command fetchWrite(int device, long buffer) throws VdiException {
        server().send(device, CommandCode.WRITE.number(), SIZE, 0, buffer);
        return Objects.requireNonNull(devices.get(device).getCommand(-1));
    }

    void complete(Command command) throws VdiException {
        device().completeCommand(command, 0, SIZE, 0);
    }

    @Override
    public void close() {
        Rig.statusOf(set::close);
        for (ScriptedBinding binding : library.made) {
            assertThat(binding.violations()).isEmpty();
            assertThat(binding.isReleased()).isTrue();
        }
    }
}
