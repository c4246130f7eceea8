package dev.sluice.vdi.embedded;

import static dev.sluice.vdi.protocol.DeviceSetState.ABNORMALLY_TERMINATED;
import static dev.sluice.vdi.protocol.DeviceSetState.ACTIVE;
import static dev.sluice.vdi.protocol.DeviceSetState.CONFIGURABLE;
import static dev.sluice.vdi.protocol.DeviceSetState.CONNECTED;
import static dev.sluice.vdi.protocol.DeviceSetState.DOES_NOT_EXIST;
import static dev.sluice.vdi.protocol.DeviceSetState.INITIALIZING;
import static dev.sluice.vdi.protocol.DeviceSetState.NORMALLY_TERMINATED;
import static dev.sluice.vdi.protocol.ServerFunction.ALLOCATE_BUFFER;
import static dev.sluice.vdi.protocol.ServerFunction.BEGIN_CONFIGURATION;
import static dev.sluice.vdi.protocol.ServerFunction.CLOSE;
import static dev.sluice.vdi.protocol.ServerFunction.CLOSE_DEVICE;
import static dev.sluice.vdi.protocol.ServerFunction.END_CONFIGURATION;
import static dev.sluice.vdi.protocol.ServerFunction.EXECUTE_COMPLETION_AGENT;
import static dev.sluice.vdi.protocol.ServerFunction.FREE_BUFFER;
import static dev.sluice.vdi.protocol.ServerFunction.GET_CONFIGURATION;
import static dev.sluice.vdi.protocol.ServerFunction.OPEN;
import static dev.sluice.vdi.protocol.ServerFunction.OPEN_DEVICE;
import static dev.sluice.vdi.protocol.ServerFunction.QUERY_AVAILABLE_BUFFERS;
import static dev.sluice.vdi.protocol.ServerFunction.REQUEST_BUFFERS;
import static dev.sluice.vdi.protocol.ServerFunction.SEND_COMMAND;
import static dev.sluice.vdi.protocol.ServerFunction.SIGNAL_ABORT;
import static dev.sluice.vdi.protocol.VdiStatus.NOERROR;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.EmbeddedEnds;
import dev.sluice.vdi.conformance.Ends;
import dev.sluice.vdi.conformance.Rig;
import dev.sluice.vdi.conformance.Sent;
import dev.sluice.vdi.conformance.Walk;
import dev.sluice.vdi.conformance.Walk.Scenario;
import dev.sluice.vdi.conformance.Walk.Script;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.ServerFunction;
import dev.sluice.vdi.protocol.ServerTransitions;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.SharedBuffer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** Walks the embedded server through every outcome of every cell of its table. */
class ServerWalkTest {

    private static final List<DeviceSetState> STATES = ServerTransitions.transitions().states();
    private static final int TOO_MANY = 40_000;

    private final Walk<ServerFunction> walk = new Walk<>(ServerWalkTest::in);

    ServerWalkTest() {
        opening();
        configuration();
        requests();
        endOfConfiguration();
        devices();
        agents();
        allocations();
        releases();
        refusedSends();
        sends();
        deviceEnds();
        ends();
    }

    static List<Scenario<ServerFunction>> scenarios() {
        return new ServerWalkTest().walk.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theEmbeddedServerDoesWhatTheTableSays(Scenario<ServerFunction> scenario)
            throws VdiException {
        try (Rig rig = scenario.setup().rig(fresh())) {
            assertThat(States.server(rig)).isEqualTo(scenario.state());
            assertThat(scenario.script().run(rig)).isEqualTo(scenario.status());
            assertThat(States.server(rig)).isEqualTo(scenario.next());
        }
    }

    @Test
    void theWalkProvokesEveryOutcomeOfTheTableAndNoOther() {
        assertThat(walk.provoked())
                .containsExactlyInAnyOrderElementsOf(
                        Walk.outcomes(ServerTransitions.transitions(), ServerFunction.values()));
    }

    private static Ends fresh() {
        return new EmbeddedEnds(new EmbeddedVdi());
    }

    private static Rig in(Ends ends, DeviceSetState state) throws VdiException {
        Rig rig = ends.rig(1);
        return switch (state) {
            case DOES_NOT_EXIST -> rig;
            case CONNECTED -> rig.connect();
            case CONFIGURABLE -> rig.begin();
            case INITIALIZING -> rig.configure();
            case ACTIVE -> rig.activate();
            case NORMALLY_TERMINATED -> rig.activate().finish();
            case ABNORMALLY_TERMINATED -> rig.activate().abort();
        };
    }

    /** The call returns the same wherever the state stays. */
    private void everywhere(
            ServerFunction function, VdiStatus status, Script script, DeviceSetState... states) {
        for (DeviceSetState state : states) {
            walk.on(function, state).gives(status, script);
        }
    }

    /** Refused with VD_E_PROTOCOL in these states and with VD_E_ABORT after an abort. */
    private void refused(ServerFunction function, Script script, DeviceSetState... states) {
        everywhere(function, VdiStatus.PROTOCOL, script, states);
        everywhere(function, VdiStatus.ABORT, script, ABNORMALLY_TERMINATED);
    }

    private void opening() {
        everywhere(
                OPEN,
                VdiStatus.PROTOCOL,
                rig -> open(rig, null),
                CONNECTED,
                CONFIGURABLE,
                INITIALIZING,
                ACTIVE,
                NORMALLY_TERMINATED,
                ABNORMALLY_TERMINATED);
        Walk<ServerFunction>.Cell cell = walk.on(OPEN, DOES_NOT_EXIST);
        cell.gives(VdiStatus.INVALID, rig -> open(rig, null));
        cell.gives(VdiStatus.INSTANCE_NAME, rig -> open(rig, "OTHER"));
        cell.leads(
                NOERROR,
                CONNECTED,
                rig -> {
                    rig.create();
                    return open(rig, null);
                });
        cell.gives(
                VdiStatus.PROTOCOL,
                rig -> {
                    rig.another().connect();
                    return open(rig, null);
                });
        cell.gives(
                VdiStatus.ABORT,
                rig -> {
                    rig.create().client.signalAbort();
                    return open(rig, null);
                });
    }

    private void configuration() {
        Script look = rig -> Rig.statusOf(rig.server::getConfiguration);
        refused(GET_CONFIGURATION, look, DOES_NOT_EXIST);
        everywhere(
                GET_CONFIGURATION,
                NOERROR,
                look,
                CONNECTED,
                CONFIGURABLE,
                INITIALIZING,
                ACTIVE,
                NORMALLY_TERMINATED);
        refused(
                BEGIN_CONFIGURATION,
                rig -> begin(rig, Rig.BLOCK),
                DOES_NOT_EXIST,
                CONFIGURABLE,
                INITIALIZING,
                ACTIVE,
                NORMALLY_TERMINATED);
        Walk<ServerFunction>.Cell cell = walk.on(BEGIN_CONFIGURATION, CONNECTED);
        cell.leads(NOERROR, CONFIGURABLE, rig -> begin(rig, Rig.BLOCK));
        cell.gives(VdiStatus.INVALID, rig -> begin(rig, 1000));
    }

    private void requests() {
        refused(
                REQUEST_BUFFERS,
                rig -> request(rig, 1),
                DOES_NOT_EXIST,
                CONNECTED,
                NORMALLY_TERMINATED);
        refused(
                QUERY_AVAILABLE_BUFFERS,
                rig -> query(rig, 0),
                DOES_NOT_EXIST,
                CONNECTED,
                NORMALLY_TERMINATED);
        DeviceSetState[] open = {CONFIGURABLE, INITIALIZING, ACTIVE};
        everywhere(REQUEST_BUFFERS, NOERROR, rig -> request(rig, 1), open);
        everywhere(REQUEST_BUFFERS, VdiStatus.INVALID, rig -> request(rig, 0), open);
        everywhere(QUERY_AVAILABLE_BUFFERS, NOERROR, rig -> query(rig, 0), open);
        everywhere(QUERY_AVAILABLE_BUFFERS, VdiStatus.INVALID, rig -> query(rig, 3), open);
        everywhere(
                REQUEST_BUFFERS,
                VdiStatus.MEMORY,
                rig -> request(rig, TOO_MANY),
                INITIALIZING,
                ACTIVE);
    }

    private void endOfConfiguration() {
        Script end = rig -> Rig.statusOf(rig.server::endConfiguration);
        refused(
                END_CONFIGURATION,
                end,
                DOES_NOT_EXIST,
                CONNECTED,
                INITIALIZING,
                ACTIVE,
                NORMALLY_TERMINATED);
        Walk<ServerFunction>.Cell cell = walk.on(END_CONFIGURATION, CONFIGURABLE);
        cell.leads(NOERROR, INITIALIZING, end);
        cell.gives(
                VdiStatus.MEMORY,
                rig -> {
                    assertThat(request(rig, TOO_MANY)).isEqualTo(NOERROR);
                    return end.run(rig);
                });
    }

    private void devices() {
        Script open = rig -> openDevice(rig, "new");
        refused(OPEN_DEVICE, open, DOES_NOT_EXIST, CONNECTED, CONFIGURABLE, NORMALLY_TERMINATED);
        walk.on(OPEN_DEVICE, INITIALIZING).leads(NOERROR, ACTIVE, open);
        walk.on(OPEN_DEVICE, INITIALIZING).gives(VdiStatus.INVALID, rig -> openDevice(rig, ""));
        walk.on(OPEN_DEVICE, ACTIVE).gives(VdiStatus.OPEN, open);
        Walk<ServerFunction>.Cell cell = walk.on(OPEN_DEVICE, ACTIVE, ServerWalkTest::firstOfTwo);
        cell.gives(NOERROR, open);
        cell.gives(VdiStatus.INVALID, rig -> openDevice(rig, rig.name));
    }

    private void agents() {
        Script run = rig -> Rig.statusOf(rig.server::executeCompletionAgent);
        refused(
                EXECUTE_COMPLETION_AGENT,
                run,
                DOES_NOT_EXIST,
                CONNECTED,
                CONFIGURABLE,
                NORMALLY_TERMINATED);
        Script begin =
                rig -> {
                    rig.startAgent();
                    return NOERROR;
                };
        walk.on(EXECUTE_COMPLETION_AGENT, INITIALIZING).leads(NOERROR, ACTIVE, begin);
        Walk<ServerFunction>.Cell idle =
                walk.on(EXECUTE_COMPLETION_AGENT, ACTIVE, ServerWalkTest::firstOfTwo);
        idle.gives(NOERROR, begin);
        Walk<ServerFunction>.Cell cell = walk.on(EXECUTE_COMPLETION_AGENT, ACTIVE);
        cell.gives(VdiStatus.PROTOCOL, run);
        cell.leads(
                NOERROR,
                NORMALLY_TERMINATED,
                rig -> {
                    rig.serverDevices.getFirst().closeDevice();
                    return rig.agent().status();
                });
        cell.leads(
                VdiStatus.ABORT,
                ABNORMALLY_TERMINATED,
                rig -> {
                    rig.client.signalAbort();
                    return rig.agent().status();
                });
    }

    private void allocations() {
        refused(
                ALLOCATE_BUFFER,
                rig -> allocate(rig, 0),
                DOES_NOT_EXIST,
                CONNECTED,
                CONFIGURABLE,
                NORMALLY_TERMINATED);
        everywhere(ALLOCATE_BUFFER, NOERROR, rig -> allocate(rig, 0), INITIALIZING, ACTIVE);
        everywhere(
                ALLOCATE_BUFFER, VdiStatus.INVALID, rig -> allocate(rig, 3), INITIALIZING, ACTIVE);
        everywhere(
                ALLOCATE_BUFFER,
                VdiStatus.MEMORY,
                rig -> {
                    for (int i = 0; i < Rig.BUFFERS; i++) {
                        assertThat(allocate(rig, 0)).isEqualTo(NOERROR);
                    }
                    return allocate(rig, 0);
                },
                INITIALIZING,
                ACTIVE);
    }

    private void releases() {
        everywhere(
                FREE_BUFFER,
                VdiStatus.PROTOCOL,
                rig -> free(rig, bufferOfAnotherSet()),
                DOES_NOT_EXIST,
                CONNECTED,
                CONFIGURABLE);
        everywhere(
                FREE_BUFFER,
                VdiStatus.INVALID,
                rig -> free(rig, bufferOfAnotherSet()),
                INITIALIZING,
                ACTIVE,
                NORMALLY_TERMINATED,
                ABNORMALLY_TERMINATED);
        Script free = rig -> free(rig, rig.held());
        walk.on(FREE_BUFFER, INITIALIZING, ends -> in(ends, INITIALIZING).hold())
                .gives(NOERROR, free);
        walk.on(FREE_BUFFER, ACTIVE, ends -> in(ends, ACTIVE).hold()).gives(NOERROR, free);
        walk.on(FREE_BUFFER, NORMALLY_TERMINATED, ends -> in(ends, ACTIVE).hold().finish())
                .gives(NOERROR, free);
        walk.on(FREE_BUFFER, ABNORMALLY_TERMINATED, ends -> in(ends, ACTIVE).hold().abort())
                .gives(NOERROR, free);
    }

    private void refusedSends() {
        everywhere(
                SEND_COMMAND,
                VdiStatus.PROTOCOL,
                rig -> flush(deviceOfAClosedSet(), 6),
                DOES_NOT_EXIST,
                CONNECTED,
                CONFIGURABLE,
                INITIALIZING);
        everywhere(
                SEND_COMMAND,
                VdiStatus.PROTOCOL,
                rig -> flush(device(rig), 6),
                NORMALLY_TERMINATED);
        everywhere(
                SEND_COMMAND,
                VdiStatus.ABORT,
                rig -> flush(device(rig), 995),
                ABNORMALLY_TERMINATED);
    }

    private void sends() {
        Walk<ServerFunction>.Cell cell = walk.on(SEND_COMMAND, ACTIVE);
        cell.gives(NOERROR, rig -> Rig.statusOf(rig::write));
        cell.gives(
                VdiStatus.INVALID,
                rig -> {
                    Sent sent = new Sent();
                    SharedBuffer stranger = bufferOfAnotherSet();
                    sent.command.transfer(CommandCode.WRITE, stranger, Rig.TRANSFER);
                    return send(device(rig), sent, 87);
                });
        cell.gives(
                VdiStatus.QUEUE_FULL,
                rig -> {
                    for (int i = 0; i < EmbeddedVdi.QUEUE_DEPTH; i++) {
                        rig.control(CommandCode.FLUSH);
                    }
                    return flush(device(rig), 1450);
                });
        cell.gives(
                VdiStatus.IO_ERROR,
                rig -> {
                    rig.control(CommandCode.FLUSH);
                    rig.complete(rig.fetch(), 29);
                    return flush(device(rig), 1117);
                });
        walk.on(SEND_COMMAND, ACTIVE, ServerWalkTest::firstOfTwo)
                .gives(VdiStatus.PROTOCOL, rig -> flush(device(rig), 6));
    }

    private void deviceEnds() {
        everywhere(
                CLOSE_DEVICE,
                VdiStatus.PROTOCOL,
                rig -> closeDevice(deviceOfAClosedSet()),
                DOES_NOT_EXIST,
                CONNECTED,
                CONFIGURABLE,
                INITIALIZING);
        Script close = rig -> closeDevice(device(rig));
        everywhere(CLOSE_DEVICE, VdiStatus.CLOSE, close, NORMALLY_TERMINATED);
        everywhere(CLOSE_DEVICE, VdiStatus.ABORT, close, ABNORMALLY_TERMINATED);
        walk.on(CLOSE_DEVICE, ACTIVE).leads(NOERROR, NORMALLY_TERMINATED, close);
        walk.on(CLOSE_DEVICE, ACTIVE)
                .gives(
                        VdiStatus.BUSY,
                        rig -> {
                            rig.write();
                            return close.run(rig);
                        });
        Walk<ServerFunction>.Cell cell = walk.on(CLOSE_DEVICE, ACTIVE, ServerWalkTest::firstOfTwo);
        cell.gives(NOERROR, close);
        cell.gives(
                VdiStatus.CLOSE,
                rig -> {
                    assertThat(close.run(rig)).isEqualTo(NOERROR);
                    return close.run(rig);
                });
    }

    private void ends() {
        Script abort = rig -> Rig.statusOf(rig.server::signalAbort);
        Script close = rig -> Rig.statusOf(rig.server::close);
        for (DeviceSetState state : STATES) {
            if (state != DOES_NOT_EXIST) {
                walk.on(SIGNAL_ABORT, state).leads(NOERROR, ABNORMALLY_TERMINATED, abort);
                walk.on(CLOSE, state)
                        .leads(
                                state == ACTIVE ? VdiStatus.PROTOCOL : NOERROR,
                                DOES_NOT_EXIST,
                                close);
            }
        }
        everywhere(SIGNAL_ABORT, VdiStatus.PROTOCOL, abort, DOES_NOT_EXIST);
        everywhere(CLOSE, VdiStatus.PROTOCOL, close, DOES_NOT_EXIST);
        walk.on(CLOSE, ACTIVE, ServerWalkTest::firstOfTwo)
                .leads(
                        NOERROR,
                        DOES_NOT_EXIST,
                        rig -> {
                            rig.serverDevices.getFirst().closeDevice();
                            return close.run(rig);
                        });
    }

    /** Two devices, of which the server has opened the first; no agent yet. */
    private static Rig firstOfTwo(Ends ends) throws VdiException {
        Rig rig = ends.rig(2).configure();
        rig.serverDevices.add(rig.server.openDevice(rig.name));
        return rig;
    }

    private static VdiStatus open(Rig rig, @Nullable String instance) {
        return Rig.statusOf(() -> rig.server.open(instance, rig.name));
    }

    private static VdiStatus begin(Rig rig, int blockSize) {
        ServerConfiguration values =
                new ServerConfiguration(Features.READ_MEDIA, 0, blockSize, Rig.TRANSFER, 0);
        return Rig.statusOf(() -> rig.server.beginConfiguration(values));
    }

    private static VdiStatus request(Rig rig, int count) {
        return Rig.statusOf(() -> rig.server.requestBuffers(Rig.TRANSFER, 0, count));
    }

    private static VdiStatus query(Rig rig, int alignment) {
        return Rig.statusOf(() -> rig.server.queryAvailableBuffers(Rig.TRANSFER, alignment));
    }

    private static VdiStatus openDevice(Rig rig, String name) {
        return Rig.statusOf(() -> rig.server.openDevice(name));
    }

    private static VdiStatus allocate(Rig rig, int alignment) {
        return Rig.statusOf(() -> rig.server.allocateBuffer(Rig.TRANSFER, alignment));
    }

    private static VdiStatus free(Rig rig, SharedBuffer buffer) {
        return Rig.statusOf(() -> rig.server.freeBuffer(buffer, Rig.TRANSFER));
    }

    private static SharedBuffer bufferOfAnotherSet() throws VdiException {
        return fresh().rig(1).configure().server.allocateBuffer(Rig.TRANSFER, 0);
    }

    private static ServerDevice device(Rig rig) {
        return rig.serverDevices.getFirst();
    }

    /** Where a server has opened no device, it can only have an object of an earlier set. */
    private static ServerDevice deviceOfAClosedSet() throws VdiException {
        Rig former = fresh().rig(1).activate().finish();
        former.server.close();
        return device(former);
    }

    /** Sends a Flush that must be refused with this code, on this thread. */
    private static VdiStatus flush(ServerDevice device, int code) {
        Sent sent = new Sent();
        sent.command.control(CommandCode.FLUSH);
        return send(device, sent, code);
    }

    private static VdiStatus send(ServerDevice device, Sent sent, int code) {
        VdiStatus status = Rig.statusOf(() -> device.sendCommand(sent.command));
        assertThat(sent.code()).isEqualTo(code);
        assertThat(sent.calledBack.join()).isSameAs(Thread.currentThread());
        return status;
    }

    private static VdiStatus closeDevice(ServerDevice device) {
        return Rig.statusOf(device::closeDevice);
    }
}
