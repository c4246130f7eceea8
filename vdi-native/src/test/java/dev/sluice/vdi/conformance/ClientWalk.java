package dev.sluice.vdi.conformance;

import static dev.sluice.vdi.protocol.ClientFunction.CLOSE;
import static dev.sluice.vdi.protocol.ClientFunction.COMPLETE_COMMAND;
import static dev.sluice.vdi.protocol.ClientFunction.CREATE;
import static dev.sluice.vdi.protocol.ClientFunction.GET_BUFFER_HANDLE;
import static dev.sluice.vdi.protocol.ClientFunction.GET_COMMAND;
import static dev.sluice.vdi.protocol.ClientFunction.GET_CONFIGURATION;
import static dev.sluice.vdi.protocol.ClientFunction.MAP_BUFFER_HANDLE;
import static dev.sluice.vdi.protocol.ClientFunction.OPEN_DEVICE;
import static dev.sluice.vdi.protocol.ClientFunction.OPEN_IN_SECONDARY;
import static dev.sluice.vdi.protocol.ClientFunction.SIGNAL_ABORT;
import static dev.sluice.vdi.protocol.DeviceSetState.ABNORMALLY_TERMINATED;
import static dev.sluice.vdi.protocol.DeviceSetState.ACTIVE;
import static dev.sluice.vdi.protocol.DeviceSetState.CONFIGURABLE;
import static dev.sluice.vdi.protocol.DeviceSetState.DOES_NOT_EXIST;
import static dev.sluice.vdi.protocol.DeviceSetState.INITIALIZING;
import static dev.sluice.vdi.protocol.DeviceSetState.NORMALLY_TERMINATED;
import static dev.sluice.vdi.protocol.VdiStatus.NOERROR;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.ClientFunction;
import dev.sluice.vdi.protocol.ClientTransitions;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.SharedBuffer;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Scenarios for every outcome of every cell of the client's table (vdi-facts E.1). */
public final class ClientWalk {

    private static final List<DeviceSetState> STATES = ClientTransitions.transitions().states();

    private final Walk<ClientFunction> walk = new Walk<>(ClientWalk::in);

    /** All of them. */
    public ClientWalk() {
        creation();
        secondaries();
        configuration();
        devices();
        firstDevice();
        nextDevice();
        commandsWithoutDevice();
        fetches();
        completions();
        badHandles();
        goodHandles();
        ends();
    }

    /** The scenarios. */
    public List<Walk.Scenario<ClientFunction>> scenarios() {
        return walk.scenarios();
    }

    /** The outcomes they provoke. */
    public Set<String> provoked() {
        return walk.provoked();
    }

    private static Rig in(Ends ends, DeviceSetState state) throws VdiException {
        Rig rig = ends.rig(1);
        return switch (state) {
            case DOES_NOT_EXIST, CONNECTED -> rig;
            case CONFIGURABLE -> rig.begin();
            case INITIALIZING -> rig.configure();
            case ACTIVE -> rig.activate();
            case NORMALLY_TERMINATED -> rig.activate().finish();
            case ABNORMALLY_TERMINATED -> rig.activate().abort();
        };
    }

    private void creation() {
        for (DeviceSetState state : STATES) {
            if (state != DOES_NOT_EXIST) {
                walk.on(CREATE, state)
                        .gives(VdiStatus.PROTOCOL, rig -> create(rig, null, "other", 1));
            }
        }
        Walk<ClientFunction>.Cell cell = walk.on(CREATE, DOES_NOT_EXIST);
        cell.leads(NOERROR, CONFIGURABLE, rig -> create(rig, null, rig.name, 1));
        cell.gives(VdiStatus.NOT_SUPPORTED, rig -> create(rig, null, rig.name, 65));
        cell.gives(VdiStatus.INVALID, rig -> create(rig, null, "a\\b", 1));
        cell.gives(VdiStatus.INSTANCE_NAME, rig -> create(rig, "OTHER", rig.name, 1));
        cell.gives(
                VdiStatus.PROTOCOL,
                rig -> {
                    rig.another().create();
                    return create(rig, null, rig.name, 1);
                });
    }

    private void secondaries() {
        for (DeviceSetState state : STATES) {
            if (state != DOES_NOT_EXIST) {
                walk.on(OPEN_IN_SECONDARY, state).gives(VdiStatus.PROTOCOL, rig -> join(rig, null));
            }
        }
        Walk<ClientFunction>.Cell cell = walk.on(OPEN_IN_SECONDARY, DOES_NOT_EXIST);
        cell.gives(VdiStatus.INSTANCE_NAME, rig -> join(rig, "OTHER"));
        cell.leads(
                NOERROR,
                INITIALIZING,
                rig -> {
                    rig.another().configure();
                    return join(rig, null);
                });
        cell.gives(
                VdiStatus.PROTOCOL,
                rig -> {
                    rig.another().begin();
                    return join(rig, null);
                });
        cell.gives(
                VdiStatus.ABORT,
                rig -> {
                    rig.another().configure().abort();
                    return join(rig, null);
                });
    }

    private void configuration() {
        walk.on(GET_CONFIGURATION, DOES_NOT_EXIST)
                .gives(VdiStatus.PROTOCOL, ClientWalk::getConfiguration);
        for (DeviceSetState state : List.of(INITIALIZING, ACTIVE, NORMALLY_TERMINATED)) {
            walk.on(GET_CONFIGURATION, state).gives(NOERROR, ClientWalk::getConfiguration);
        }
        walk.on(GET_CONFIGURATION, ABNORMALLY_TERMINATED)
                .gives(VdiStatus.ABORT, ClientWalk::getConfiguration);
        Walk<ClientFunction>.Cell cell = walk.on(GET_CONFIGURATION, CONFIGURABLE);
        cell.gives(VdiStatus.TIMEOUT, ClientWalk::getConfiguration);
        cell.leads(
                NOERROR,
                INITIALIZING,
                rig -> {
                    rig.server.endConfiguration();
                    return getConfiguration(rig);
                });
        cell.leads(
                VdiStatus.ABORT,
                ABNORMALLY_TERMINATED,
                rig ->
                        Walk.whileBlocked(
                                () -> rig.client.getConfiguration(-1), rig.server::signalAbort));
    }

    private void devices() {
        for (DeviceSetState state : List.of(DOES_NOT_EXIST, CONFIGURABLE, NORMALLY_TERMINATED)) {
            walk.on(OPEN_DEVICE, state).gives(VdiStatus.PROTOCOL, rig -> open(rig, rig.name));
        }
        walk.on(OPEN_DEVICE, ABNORMALLY_TERMINATED)
                .gives(VdiStatus.ABORT, rig -> open(rig, rig.name));
    }

    private void firstDevice() {
        Walk<ClientFunction>.Cell cell =
                walk.on(OPEN_DEVICE, INITIALIZING, ends -> serverOpened(ends.rig(1).configure()));
        cell.leads(NOERROR, ACTIVE, rig -> open(rig, rig.name));
        cell.gives(VdiStatus.INVALID, rig -> open(rig, "unknown"));
        cell.gives(
                VdiStatus.OPEN,
                rig -> {
                    rig.secondary().openDevice(rig.name);
                    return open(rig, rig.name);
                });
        Walk<ClientFunction>.Cell ofTwo =
                walk.on(OPEN_DEVICE, INITIALIZING, ends -> serverOpened(ends.rig(2).configure()));
        ofTwo.gives(
                VdiStatus.PROTOCOL,
                rig -> {
                    rig.secondary().openDevice(rig.name);
                    return open(rig, rig.name);
                });
        ofTwo.leads(
                VdiStatus.ABORT,
                ABNORMALLY_TERMINATED,
                rig ->
                        Walk.whileBlocked(
                                () -> rig.client.openDevice(rig.deviceName(1)),
                                rig.server::signalAbort));
    }

    private void nextDevice() {
        walk.on(OPEN_DEVICE, ACTIVE).gives(VdiStatus.OPEN, rig -> open(rig, rig.name));
        Walk<ClientFunction>.Cell cell = walk.on(OPEN_DEVICE, ACTIVE, ClientWalk::firstOfTwo);
        cell.gives(VdiStatus.PROTOCOL, rig -> open(rig, rig.name));
        cell.gives(
                NOERROR,
                rig -> {
                    rig.server.openDevice(rig.deviceName(1));
                    return open(rig, rig.deviceName(1));
                });
        cell.gives(
                VdiStatus.INVALID,
                rig -> {
                    rig.server.openDevice(rig.deviceName(1));
                    return open(rig, "unknown");
                });
        cell.leads(
                VdiStatus.ABORT,
                ABNORMALLY_TERMINATED,
                rig ->
                        Walk.whileBlocked(
                                () -> rig.client.openDevice(rig.deviceName(1)),
                                rig.server::signalAbort));
    }

    private void commandsWithoutDevice() {
        for (DeviceSetState state : List.of(DOES_NOT_EXIST, CONFIGURABLE, INITIALIZING)) {
            walk.on(GET_COMMAND, state)
                    .gives(VdiStatus.PROTOCOL, rig -> fetch(deviceOfAClosedSet(rig)));
            walk.on(COMPLETE_COMMAND, state)
                    .gives(VdiStatus.PROTOCOL, rig -> completeStranger(deviceOfAClosedSet(rig)));
        }
        walk.on(GET_COMMAND, NORMALLY_TERMINATED).gives(VdiStatus.PROTOCOL, rig -> fetch(rig));
        walk.on(GET_COMMAND, ABNORMALLY_TERMINATED).gives(VdiStatus.ABORT, rig -> fetch(rig));
        walk.on(COMPLETE_COMMAND, NORMALLY_TERMINATED)
                .gives(VdiStatus.PROTOCOL, rig -> completeStranger(device(rig)));
        walk.on(COMPLETE_COMMAND, ABNORMALLY_TERMINATED)
                .gives(VdiStatus.ABORT, rig -> completeStranger(device(rig)));
    }

    private void fetches() {
        Walk<ClientFunction>.Cell cell = walk.on(GET_COMMAND, ACTIVE);
        cell.gives(VdiStatus.TIMEOUT, rig -> fetch(rig));
        cell.gives(
                NOERROR,
                rig -> {
                    rig.write();
                    return fetch(rig);
                });
        Walk.Script seeEnd =
                rig -> {
                    rig.serverDevices.getFirst().closeDevice();
                    return fetch(rig);
                };
        cell.leads(VdiStatus.CLOSE, NORMALLY_TERMINATED, seeEnd);
        walk.on(GET_COMMAND, ACTIVE, ends -> ends.rig(2).activate()).gives(VdiStatus.CLOSE, seeEnd);
        cell.leads(
                VdiStatus.ABORT,
                ABNORMALLY_TERMINATED,
                rig ->
                        Walk.whileBlocked(
                                () -> device(rig).getCommand(-1), rig.server::signalAbort));
    }

    private void completions() {
        Walk<ClientFunction>.Cell cell = walk.on(COMPLETE_COMMAND, ACTIVE);
        cell.gives(
                NOERROR,
                rig -> {
                    rig.write();
                    Command command = rig.fetch();
                    return Rig.statusOf(() -> rig.complete(command, 0));
                });
        cell.gives(VdiStatus.INVALID, rig -> completeStranger(device(rig)));
    }

    private void badHandles() {
        for (DeviceSetState state : STATES) {
            boolean early = state == DOES_NOT_EXIST || state == CONFIGURABLE;
            VdiStatus refusal = early ? VdiStatus.PROTOCOL : VdiStatus.INVALID;
            walk.on(GET_BUFFER_HANDLE, state)
                    .gives(refusal, rig -> nameBuffer(rig, ByteBuffer.allocateDirect(8)));
            walk.on(MAP_BUFFER_HANDLE, state).gives(refusal, rig -> mapBuffer(rig, 0));
        }
    }

    private void goodHandles() {
        Walk.Setup used = ends -> in(ends, ACTIVE).useABuffer();
        Walk.Setup ended = ends -> in(ends, ACTIVE).useABuffer().finish();
        Walk.Setup aborted = ends -> in(ends, ACTIVE).useABuffer().abort();
        Walk.Script name = rig -> nameBuffer(rig, rig.usedBuffer());
        Walk.Script map = rig -> mapBuffer(rig, rig.client.getBufferHandle(rig.usedBuffer()));
        walk.on(GET_BUFFER_HANDLE, ACTIVE, used).gives(NOERROR, name);
        walk.on(GET_BUFFER_HANDLE, NORMALLY_TERMINATED, ended).gives(NOERROR, name);
        walk.on(GET_BUFFER_HANDLE, ABNORMALLY_TERMINATED, aborted).gives(NOERROR, name);
        walk.on(MAP_BUFFER_HANDLE, ACTIVE, used).gives(NOERROR, map);
        walk.on(MAP_BUFFER_HANDLE, NORMALLY_TERMINATED, ended).gives(NOERROR, map);
        walk.on(MAP_BUFFER_HANDLE, ABNORMALLY_TERMINATED, aborted).gives(NOERROR, map);
        walk.on(MAP_BUFFER_HANDLE, INITIALIZING)
                .gives(NOERROR, rig -> mapBuffer(rig, handleFromSecondClient(rig)));
    }

    private void ends() {
        for (DeviceSetState state : STATES) {
            if (state != DOES_NOT_EXIST) {
                walk.on(SIGNAL_ABORT, state)
                        .leads(NOERROR, ABNORMALLY_TERMINATED, ClientWalk::abort);
                walk.on(CLOSE, state)
                        .leads(
                                state == ACTIVE ? VdiStatus.OPEN : NOERROR,
                                DOES_NOT_EXIST,
                                ClientWalk::close);
            }
        }
        walk.on(SIGNAL_ABORT, DOES_NOT_EXIST).gives(VdiStatus.PROTOCOL, ClientWalk::abort);
        walk.on(CLOSE, DOES_NOT_EXIST).gives(VdiStatus.PROTOCOL, ClientWalk::close);
        walk.on(CLOSE, ACTIVE, ClientWalk::firstOfTwo)
                .leads(
                        NOERROR,
                        DOES_NOT_EXIST,
                        rig -> {
                            rig.finish();
                            return close(rig);
                        });
    }

    private static Rig serverOpened(Rig rig) throws VdiException {
        rig.serverDevices.add(rig.server.openDevice(rig.name));
        return rig;
    }

    /** Two devices, of which the server and the client have opened the first. */
    private static Rig firstOfTwo(Ends ends) throws VdiException {
        Rig rig = serverOpened(ends.rig(2).configure());
        rig.openClientDevice(rig.name);
        return rig;
    }

    private static VdiStatus create(Rig rig, @Nullable String instance, String name, int devices) {
        DeviceSetConfiguration request = DeviceSetConfiguration.request(devices, 0);
        return Rig.statusOf(() -> rig.client.create(instance, name, request));
    }

    private static VdiStatus join(Rig rig, @Nullable String instance) {
        return Rig.statusOf(() -> rig.client.openInSecondary(instance, rig.name));
    }

    private static VdiStatus getConfiguration(Rig rig) {
        return Rig.statusOfWait(() -> rig.client.getConfiguration(0));
    }

    private static VdiStatus open(Rig rig, String name) {
        return Rig.statusOf(() -> rig.openClientDevice(name));
    }

    private static ClientDevice device(Rig rig) {
        return rig.clientDevices.getFirst();
    }

    private static VdiStatus fetch(Rig rig) {
        return Rig.statusOfWait(() -> rig.poll(0));
    }

    private static VdiStatus fetch(ClientDevice device) {
        return Rig.statusOfWait(() -> device.getCommand(0));
    }

    private static VdiStatus completeStranger(ClientDevice device) {
        return Rig.statusOf(() -> device.completeCommand(new Walk.Stranger(), 0, 0, 0));
    }

    /** Where a client has opened no device, it can only have an object of an earlier set. */
    private static ClientDevice deviceOfAClosedSet(Rig rig) throws VdiException {
        Rig former = rig.elsewhere().activate().finish();
        former.client.close();
        return device(former);
    }

    private static int handleFromSecondClient(Rig rig) throws VdiException {
        ClientDeviceSet second = rig.secondary();
        serverOpened(rig).startAgent();
        ClientDevice device = second.openDevice(rig.name);
        SharedBuffer buffer = rig.server.allocateBuffer(Rig.TRANSFER, 0);
        rig.serverDevices
                .getFirst()
                .sendCommand(new Sent().command.transfer(CommandCode.READ, buffer, Rig.TRANSFER));
        Command command = Objects.requireNonNull(device.getCommand(0));
        return second.getBufferHandle(rig.inHand(device, command).buffer());
    }

    private static VdiStatus nameBuffer(Rig rig, ByteBuffer buffer) {
        return Rig.statusOf(() -> rig.client.getBufferHandle(buffer));
    }

    private static VdiStatus mapBuffer(Rig rig, int handle) {
        return Rig.statusOf(() -> rig.client.mapBufferHandle(handle, Rig.TRANSFER));
    }

    private static VdiStatus abort(Rig rig) {
        return Rig.statusOf(rig.client::signalAbort);
    }

    private static VdiStatus close(Rig rig) {
        return Rig.statusOf(rig.client::close);
    }
}
