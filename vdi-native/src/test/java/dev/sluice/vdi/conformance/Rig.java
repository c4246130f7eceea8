package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.SharedBuffer;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * Both ends of one set, taken by a test as far as it wants. Threads started here are daemons, and
 * waiting for one is bounded, so that a hang is a failure. Closing it gives back what its client
 * has in its hands and ends whatever is left.
 */
public final class Rig implements AutoCloseable {

    /** The set's block size. */
    public static final int BLOCK = 4096;

    /** The set's largest transfer, and the size of its buffers. */
    public static final int TRANSFER = 65536;

    /** How many buffers the set has. */
    public static final int BUFFERS = 8;

    /** The primary client. */
    public final ClientDeviceSet client;

    /** The server. */
    public final ServerDeviceSet server;

    /** What the client asks for. */
    public final DeviceSetConfiguration request;

    /** The set's name. */
    public final String name;

    /** What the server opened, in order. */
    public final List<ServerDevice> serverDevices = new ArrayList<>();

    /** What the primary client opened, in order. */
    public final List<ClientDevice> clientDevices = new ArrayList<>();

    private final Ends ends;
    private final Map<Command, ClientDevice> inHand =
            Collections.synchronizedMap(new IdentityHashMap<>());
    private final List<ClientDeviceSet> secondaries = new ArrayList<>();
    private @Nullable Running<@Nullable Void> agent;
    private @Nullable ByteBuffer usedBuffer;
    private @Nullable SharedBuffer held;

    Rig(Ends ends, String name, DeviceSetConfiguration request) {
        this.ends = ends;
        this.name = name;
        this.request = request;
        client = ends.newClient();
        server = ends.newServer();
    }

    /** The client creates the set. */
    public Rig create() throws VdiException {
        client.create(null, name, request);
        return this;
    }

    /** The server attaches to it. */
    Rig attach() throws VdiException {
        server.open(null, name);
        return this;
    }

    /** Created and attached. */
    public Rig connect() throws VdiException {
        return create().attach();
    }

    /** Connected, and the server has begun the configuration. */
    public Rig begin() throws VdiException {
        return connect().beginConfiguration();
    }

    private Rig beginConfiguration() throws VdiException {
        server.beginConfiguration(
                new ServerConfiguration(
                        request.features() | Features.WRITE_MEDIA, 0, BLOCK, TRANSFER, 0));
        return this;
    }

    /** The attached server configures the set. */
    Rig decide() throws VdiException {
        beginConfiguration();
        return endConfiguration();
    }

    private Rig endConfiguration() throws VdiException {
        server.requestBuffers(TRANSFER, 0, BUFFERS);
        server.endConfiguration();
        return this;
    }

    /** The set is configured and both ends know it. */
    public Rig configure() throws VdiException {
        begin().endConfiguration();
        assertThat(client.getConfiguration(0)).isNotNull();
        return this;
    }

    /** Devices are open on both sides and the agent runs. */
    public Rig activate() throws VdiException {
        return configure().openAndStart();
    }

    /** Opens the devices of a configured set on both sides and starts the agent. */
    public Rig openAndStart() throws VdiException {
        openServerDevices();
        for (int i = 0; i < request.deviceCount(); i++) {
            openClientDevice(deviceName(i));
        }
        startAgent();
        return this;
    }

    /** The server opens all its devices. */
    Rig openServerDevices() throws VdiException {
        for (int i = 0; i < request.deviceCount(); i++) {
            serverDevices.add(server.openDevice(deviceName(i)));
        }
        return this;
    }

    /** The primary client opens a device. */
    ClientDevice openClientDevice(String publicName) throws VdiException {
        ClientDevice device = client.openDevice(publicName);
        clientDevices.add(device);
        return device;
    }

    /** Starts the completion agent; returns when commands can be sent. */
    public void startAgent() {
        CountDownLatch inside = new CountDownLatch(1);
        long others = ends.agents();
        agent =
                Running.start(
                        "agent",
                        () -> {
                            server.executeCompletionAgent(inside::countDown);
                            return null;
                        });
        Running.await(inside);
        ends.awaitAgents(others + 1);
    }

    /** Ends the set as a normal backup does, after the server's last command. */
    public Rig finish() throws VdiException {
        for (ServerDevice device : serverDevices) {
            device.closeDevice();
        }
        for (ClientDevice device : clientDevices) {
            assertStatus(VdiStatus.CLOSE, () -> device.getCommand(0));
        }
        return this;
    }

    /** The server aborts. */
    public Rig abort() throws VdiException {
        server.signalAbort();
        return this;
    }

    /** Another pair of ends for the same name. */
    public Rig another() {
        return ends.rig(name, request);
    }

    /** A pair of ends for another set. */
    public Rig elsewhere() {
        return ends.rig(1);
    }

    /** Another client that has joined the set. */
    public ClientDeviceSet secondary() throws VdiException {
        ClientDeviceSet second = ends.newClient();
        secondaries.add(second);
        second.openInSecondary(null, name);
        return second;
    }

    /** Lets one Write pass and keeps the client's buffer. */
    public Rig useABuffer() throws VdiException {
        Sent sent = write();
        Command command = fetch();
        usedBuffer = command.buffer();
        complete(command, 0);
        assertThat(sent.code()).isZero();
        return this;
    }

    /** The client's buffer of {@link #useABuffer()}. */
    public ByteBuffer usedBuffer() {
        return Objects.requireNonNull(usedBuffer);
    }

    /** Allocates a buffer and keeps it in the server's hands. */
    public Rig hold() throws VdiException {
        held = server.allocateBuffer(TRANSFER, 0);
        return this;
    }

    /** The server's buffer of {@link #hold()}. */
    public SharedBuffer held() {
        return Objects.requireNonNull(held);
    }

    /** The first device has the set's name. */
    public String deviceName(int index) {
        return index == 0 ? name : name + "-" + index;
    }

    /**
     * The primary client's state, told from what its calls answer (table E.1). Where the server has
     * ended the configuration, looking takes the client from Configurable to Initializing.
     */
    public DeviceSetState clientState() {
        VdiStatus configuration = statusOfWait(() -> client.getConfiguration(0));
        return switch (configuration) {
            case PROTOCOL -> DeviceSetState.DOES_NOT_EXIST;
            case TIMEOUT -> DeviceSetState.CONFIGURABLE;
            case ABORT -> DeviceSetState.ABNORMALLY_TERMINATED;
            case NOERROR -> configuredClientState();
            default -> throw new AssertionError(configuration);
        };
    }

    private DeviceSetState configuredClientState() {
        if (clientDevices.isEmpty()) {
            return DeviceSetState.INITIALIZING;
        }
        ClientDevice device = clientDevices.getLast();
        VdiStatus completion = statusOf(() -> device.completeCommand(new Walk.Stranger(), 0, 0, 0));
        return switch (completion) {
            case INVALID -> DeviceSetState.ACTIVE;
            case PROTOCOL -> DeviceSetState.NORMALLY_TERMINATED;
            default -> throw new AssertionError(completion);
        };
    }

    /** The server's state, told from what its calls answer (table E.2). */
    public DeviceSetState serverState() {
        VdiStatus configuration = statusOf(server::getConfiguration);
        return switch (configuration) {
            case PROTOCOL -> DeviceSetState.DOES_NOT_EXIST;
            case ABORT -> DeviceSetState.ABNORMALLY_TERMINATED;
            case NOERROR -> openServerState();
            default -> throw new AssertionError(configuration);
        };
    }

    private DeviceSetState openServerState() {
        if (statusOf(() -> server.queryAvailableBuffers(TRANSFER, 0)) == VdiStatus.PROTOCOL) {
            // no block size is 3: refused as a value only where the call itself is in order
            ServerConfiguration bad = new ServerConfiguration(0, 3, 3, 3, 0);
            return statusOf(() -> server.beginConfiguration(bad)) == VdiStatus.PROTOCOL
                    ? DeviceSetState.NORMALLY_TERMINATED
                    : DeviceSetState.CONNECTED;
        }
        if (statusOf(() -> server.allocateBuffer(TRANSFER, 3)) == VdiStatus.PROTOCOL) {
            return DeviceSetState.CONFIGURABLE;
        }
        return serverDevices.isEmpty() && agent == null
                ? DeviceSetState.INITIALIZING
                : DeviceSetState.ACTIVE;
    }

    /** The completion agent started last. */
    public Running<@Nullable Void> agent() {
        return Objects.requireNonNull(agent);
    }

    /** Allocates a buffer and sends it as a Write to device 0. */
    public Sent write() throws VdiException {
        return write(0);
    }

    /** Allocates a buffer and sends it as a Write. */
    Sent write(int device) throws VdiException {
        Sent sent = new Sent();
        SharedBuffer buffer = server.allocateBuffer(TRANSFER, 0);
        serverDevices
                .get(device)
                .sendCommand(sent.command.transfer(CommandCode.WRITE, buffer, TRANSFER));
        return sent;
    }

    /** Sends a command without a buffer to device 0. */
    public Sent control(CommandCode code) throws VdiException {
        return control(0, code);
    }

    /** Sends a command without a buffer. */
    Sent control(int device, CommandCode code) throws VdiException {
        Sent sent = new Sent();
        serverDevices.get(device).sendCommand(sent.command.control(code));
        return sent;
    }

    /** Fetches what must be there on device 0. */
    public Command fetch() throws VdiException {
        return fetch(0);
    }

    /** Fetches what must be there. */
    Command fetch(int device) throws VdiException {
        return Objects.requireNonNull(poll(device));
    }

    /** Fetches what may be there. */
    @Nullable Command poll(int device) throws VdiException {
        ClientDevice from = clientDevices.get(device);
        Command command = from.getCommand(0);
        return command == null ? null : inHand(from, command);
    }

    /** Waits for a device's next command. */
    Command await(int device) throws VdiException {
        ClientDevice from = clientDevices.get(device);
        return inHand(from, Objects.requireNonNull(from.getCommand(ClientDeviceSet.INFINITE)));
    }

    /** Notes that a device's command is in the client's hands. */
    Command inHand(ClientDevice device, Command command) {
        inHand.put(command, device);
        return command;
    }

    /** Completes a command, with all its bytes when it succeeds. */
    public void complete(Command command, int code) throws VdiException {
        ClientDevice device =
                Objects.requireNonNullElseGet(inHand.remove(command), clientDevices::getFirst);
        int bytes = command.code().hasBuffer() && code == 0 ? command.size() : 0;
        device.completeCommand(command, code, bytes, 0);
    }

    /** What the provider shows of the set. */
    DeviceSetObservation look() {
        return client.observe().orElseThrow();
    }

    boolean has(Trait trait) {
        return ends.has(trait);
    }

    /**
     * Closes the client. Where that waits for commands in the client's hands, sees it wait and
     * gives them back.
     */
    VdiStatus closeClient() {
        if (inHand.isEmpty() || !has(Trait.CLOSE_WAITS_FOR_COMMANDS)) {
            return statusOf(client::close);
        }
        Running<VdiStatus> closing =
                Running.start("close", () -> statusOf(client::close)).untilBlocked();
        assertThat(closing.isDone()).isFalse();
        giveBack();
        return closing.result();
    }

    /** Completes what the client has in its hands, where that is still possible. */
    void giveBack() {
        inHand.forEach(
                (command, device) -> statusOf(() -> device.completeCommand(command, 995, 0, 0)));
        inHand.clear();
    }

    @Override
    public void close() {
        statusOf(client::signalAbort);
        giveBack();
        secondaries.forEach(second -> statusOf(second::close));
        statusOf(client::close);
        statusOf(server::close);
        if (agent != null) {
            agent.untilEnded();
        }
        ends.forget(this);
    }

    /** Makes a call that must return this. */
    public static void assertStatus(VdiStatus expected, Call call) {
        assertThat(statusOf(call)).isEqualTo(expected);
    }

    /** What a call that may find nothing in its time returned. */
    static VdiStatus statusOfWait(Callable<@Nullable Object> call) {
        try {
            return call.call() == null ? VdiStatus.TIMEOUT : VdiStatus.NOERROR;
        } catch (VdiException e) {
            return e.status();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What a call returned. */
    public static VdiStatus statusOf(Call call) {
        try {
            call.run();
            return VdiStatus.NOERROR;
        } catch (VdiException e) {
            return e.status();
        }
    }

    /** A call of the interface. */
    public interface Call {
        /** Makes it. */
        void run() throws VdiException;
    }
}
