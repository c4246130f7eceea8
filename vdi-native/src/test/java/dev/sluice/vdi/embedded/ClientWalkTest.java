package dev.sluice.vdi.embedded;

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

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.embedded.Walk.Scenario;
import dev.sluice.vdi.embedded.Walk.Script;
import dev.sluice.vdi.embedded.Walk.Stranger;
import dev.sluice.vdi.protocol.ClientFunction;
import dev.sluice.vdi.protocol.ClientTransitions;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.SharedBuffer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Walks the embedded client through every outcome of every cell of its table. */
class ClientWalkTest {

    /** Outcomes the table allows and this implementation has no way to. */
    private static final Set<String> UNREACHABLE =
            // a client that opened no device never received a buffer it could name
            Set.of("GET_BUFFER_HANDLE in INITIALIZING returns NOERROR and leads to INITIALIZING");

    private static final List<DeviceSetState> STATES = ClientTransitions.transitions().states();

    private final Walk<ClientFunction> walk = new Walk<>(ClientWalkTest::in);

    ClientWalkTest() {
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

    static List<Scenario<ClientFunction>> scenarios() {
        return new ClientWalkTest().walk.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theEmbeddedClientDoesWhatTheTableSays(Scenario<ClientFunction> scenario)
            throws VdiException {
        try (Rig rig = scenario.setup().rig()) {
            assertThat(rig.clientState()).isEqualTo(scenario.state());
            assertThat(scenario.script().run(rig)).isEqualTo(scenario.status());
            assertThat(rig.clientState()).isEqualTo(scenario.next());
        }
    }

    @Test
    void theWalkProvokesEveryOutcomeOfTheTableAndNoOther() {
        Set<String> provoked = walk.provoked();
        provoked.addAll(UNREACHABLE);
        assertThat(provoked)
                .containsExactlyInAnyOrderElementsOf(
                        Walk.outcomes(ClientTransitions.transitions(), ClientFunction.values()));
    }

    private static Rig in(DeviceSetState state) throws VdiException {
        Rig rig = new Rig(1);
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
                .gives(VdiStatus.PROTOCOL, ClientWalkTest::getConfiguration);
        for (DeviceSetState state : List.of(INITIALIZING, ACTIVE, NORMALLY_TERMINATED)) {
            walk.on(GET_CONFIGURATION, state).gives(NOERROR, ClientWalkTest::getConfiguration);
        }
        walk.on(GET_CONFIGURATION, ABNORMALLY_TERMINATED)
                .gives(VdiStatus.ABORT, ClientWalkTest::getConfiguration);
        Walk<ClientFunction>.Cell cell = walk.on(GET_CONFIGURATION, CONFIGURABLE);
        cell.gives(VdiStatus.TIMEOUT, ClientWalkTest::getConfiguration);
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
                walk.on(OPEN_DEVICE, INITIALIZING, () -> serverOpened(new Rig(1).configure()));
        cell.leads(NOERROR, ACTIVE, rig -> open(rig, rig.name));
        cell.gives(VdiStatus.INVALID, rig -> open(rig, "unknown"));
        cell.gives(
                VdiStatus.OPEN,
                rig -> {
                    second(rig).openDevice(rig.name);
                    return open(rig, rig.name);
                });
        Walk<ClientFunction>.Cell ofTwo =
                walk.on(OPEN_DEVICE, INITIALIZING, () -> serverOpened(new Rig(2).configure()));
        ofTwo.gives(
                VdiStatus.PROTOCOL,
                rig -> {
                    second(rig).openDevice(rig.name);
                    return open(rig, rig.name);
                });
        ofTwo.leads(
                VdiStatus.ABORT,
                ABNORMALLY_TERMINATED,
                rig ->
                        Walk.whileBlocked(
                                () -> rig.client.openDevice("set1"), rig.server::signalAbort));
    }

    private void nextDevice() {
        walk.on(OPEN_DEVICE, ACTIVE).gives(VdiStatus.OPEN, rig -> open(rig, rig.name));
        Walk<ClientFunction>.Cell cell = walk.on(OPEN_DEVICE, ACTIVE, ClientWalkTest::firstOfTwo);
        cell.gives(VdiStatus.PROTOCOL, rig -> open(rig, rig.name));
        cell.gives(
                NOERROR,
                rig -> {
                    rig.server.openDevice("set1");
                    return open(rig, "set1");
                });
        cell.gives(
                VdiStatus.INVALID,
                rig -> {
                    rig.server.openDevice("set1");
                    return open(rig, "unknown");
                });
        cell.leads(
                VdiStatus.ABORT,
                ABNORMALLY_TERMINATED,
                rig ->
                        Walk.whileBlocked(
                                () -> rig.client.openDevice("set1"), rig.server::signalAbort));
    }

    private void commandsWithoutDevice() {
        for (DeviceSetState state : List.of(DOES_NOT_EXIST, CONFIGURABLE, INITIALIZING)) {
            walk.on(GET_COMMAND, state)
                    .gives(VdiStatus.PROTOCOL, rig -> fetch(deviceOfAClosedSet()));
            walk.on(COMPLETE_COMMAND, state)
                    .gives(VdiStatus.PROTOCOL, rig -> completeStranger(deviceOfAClosedSet()));
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
        Script seeEnd =
                rig -> {
                    rig.serverDevices.getFirst().closeDevice();
                    return fetch(rig);
                };
        cell.leads(VdiStatus.CLOSE, NORMALLY_TERMINATED, seeEnd);
        walk.on(GET_COMMAND, ACTIVE, () -> Rig.active(2)).gives(VdiStatus.CLOSE, seeEnd);
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
        Walk.Setup used = () -> in(ACTIVE).useABuffer();
        Walk.Setup ended = () -> in(ACTIVE).useABuffer().finish();
        Walk.Setup aborted = () -> in(ACTIVE).useABuffer().abort();
        Script name = rig -> nameBuffer(rig, rig.usedBuffer());
        Script map = rig -> mapBuffer(rig, rig.client.getBufferHandle(rig.usedBuffer()));
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
                        .leads(NOERROR, ABNORMALLY_TERMINATED, ClientWalkTest::abort);
                walk.on(CLOSE, state)
                        .leads(
                                state == ACTIVE ? VdiStatus.OPEN : NOERROR,
                                DOES_NOT_EXIST,
                                ClientWalkTest::close);
            }
        }
        walk.on(SIGNAL_ABORT, DOES_NOT_EXIST).gives(VdiStatus.PROTOCOL, ClientWalkTest::abort);
        walk.on(CLOSE, DOES_NOT_EXIST).gives(VdiStatus.PROTOCOL, ClientWalkTest::close);
        walk.on(CLOSE, ACTIVE, ClientWalkTest::firstOfTwo)
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
    private static Rig firstOfTwo() throws VdiException {
        Rig rig = serverOpened(new Rig(2).configure());
        rig.clientDevices.add(rig.client.openDevice(rig.name));
        return rig;
    }

    private static VdiStatus create(Rig rig, @Nullable String instance, String name, int devices) {
        DeviceSetConfiguration request = DeviceSetConfiguration.request(devices, 0);
        return Rig.statusOf(() -> rig.client.create(instance, name, request));
    }

    private static VdiStatus join(Rig rig, @Nullable String instance) {
        return Rig.statusOf(() -> rig.client.openInSecondary(instance, rig.name));
    }

    private static ClientDeviceSet second(Rig rig) throws VdiException {
        ClientDeviceSet second = rig.vdi.newDeviceSet();
        second.openInSecondary(null, rig.name);
        return second;
    }

    private static VdiStatus getConfiguration(Rig rig) {
        try {
            return rig.client.getConfiguration(0) == null ? VdiStatus.TIMEOUT : NOERROR;
        } catch (VdiException e) {
            return e.status();
        }
    }

    private static VdiStatus open(Rig rig, String name) {
        return Rig.statusOf(() -> rig.client.openDevice(name));
    }

    private static ClientDevice device(Rig rig) {
        return rig.clientDevices.getFirst();
    }

    private static VdiStatus fetch(Rig rig) {
        return fetch(device(rig));
    }

    private static VdiStatus fetch(ClientDevice device) {
        try {
            return device.getCommand(0) == null ? VdiStatus.TIMEOUT : NOERROR;
        } catch (VdiException e) {
            return e.status();
        }
    }

    private static VdiStatus completeStranger(ClientDevice device) {
        return Rig.statusOf(() -> device.completeCommand(new Stranger(), 0, 0, 0));
    }

    /** Where a client has opened no device, it can only have an object of an earlier set. */
    private static ClientDevice deviceOfAClosedSet() throws VdiException {
        Rig former = Rig.active(1).finish();
        former.client.close();
        return device(former);
    }

    private static int handleFromSecondClient(Rig rig) throws VdiException {
        ClientDeviceSet second = second(rig);
        serverOpened(rig).startAgent();
        ClientDevice device = second.openDevice(rig.name);
        SharedBuffer buffer = rig.server.allocateBuffer(Rig.TRANSFER, 0);
        rig.serverDevices
                .getFirst()
                .sendCommand(
                        new Rig.Sent().command.transfer(CommandCode.READ, buffer, Rig.TRANSFER));
        return second.getBufferHandle(Objects.requireNonNull(device.getCommand(0)).buffer());
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
