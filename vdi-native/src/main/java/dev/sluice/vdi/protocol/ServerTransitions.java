package dev.sluice.vdi.protocol;

import static dev.sluice.vdi.protocol.DeviceSetState.ABNORMALLY_TERMINATED;
import static dev.sluice.vdi.protocol.DeviceSetState.ACTIVE;
import static dev.sluice.vdi.protocol.DeviceSetState.CONFIGURABLE;
import static dev.sluice.vdi.protocol.DeviceSetState.CONNECTED;
import static dev.sluice.vdi.protocol.DeviceSetState.DOES_NOT_EXIST;
import static dev.sluice.vdi.protocol.DeviceSetState.INITIALIZING;
import static dev.sluice.vdi.protocol.DeviceSetState.NORMALLY_TERMINATED;
import static dev.sluice.vdi.protocol.VdiStatus.ABORT;
import static dev.sluice.vdi.protocol.VdiStatus.BUSY;
import static dev.sluice.vdi.protocol.VdiStatus.CLOSE;
import static dev.sluice.vdi.protocol.VdiStatus.INSTANCE_NAME;
import static dev.sluice.vdi.protocol.VdiStatus.INVALID;
import static dev.sluice.vdi.protocol.VdiStatus.IO_ERROR;
import static dev.sluice.vdi.protocol.VdiStatus.MEMORY;
import static dev.sluice.vdi.protocol.VdiStatus.NOERROR;
import static dev.sluice.vdi.protocol.VdiStatus.OPEN;
import static dev.sluice.vdi.protocol.VdiStatus.PROTOCOL;
import static dev.sluice.vdi.protocol.VdiStatus.QUEUE_FULL;

import dev.sluice.vdi.protocol.TransitionTable.Cell;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The server's transition table (vdi-facts E.2), with the recommended cells; calls in Abort return
 * VD_E_ABORT as X-4 says. The completion agent's call enters Active when it begins and returns when
 * the set ends, so its cells hold both steps. RequestBuffers in Configurable only notes the
 * request; whether the memory can be had, EndConfiguration tells.
 */
public final class ServerTransitions {

    private static final Cell P = Cell.stays(PROTOCOL);
    private static final Cell A = Cell.stays(ABORT);
    private static final Cell OK = Cell.stays(NOERROR);
    private static final Cell CLOSED = Cell.stays(CLOSE);
    private static final Cell ATTACH =
            Cell.leads(NOERROR, CONNECTED).orStays(INVALID, ABORT, PROTOCOL, INSTANCE_NAME);
    private static final Cell BEGIN = Cell.leads(NOERROR, CONFIGURABLE).orStays(INVALID);
    private static final Cell NOTE = Cell.stays(NOERROR, INVALID);
    private static final Cell REQUEST = Cell.stays(NOERROR, MEMORY, INVALID);
    private static final Cell QUERY = Cell.stays(NOERROR, INVALID);
    private static final Cell END = Cell.leads(NOERROR, INITIALIZING).orStays(MEMORY);
    private static final Cell FIRST_DEVICE = Cell.leads(NOERROR, ACTIVE).orStays(INVALID);
    private static final Cell NEXT_DEVICE = Cell.stays(NOERROR, OPEN, INVALID);
    private static final Cell AGENT_FIRST = Cell.leads(NOERROR, ACTIVE);
    private static final Cell AGENT_ACTIVE =
            Cell.stays(NOERROR, PROTOCOL)
                    .orLeads(NOERROR, NORMALLY_TERMINATED)
                    .orLeads(ABORT, ABNORMALLY_TERMINATED);
    private static final Cell FREE = Cell.stays(NOERROR, INVALID);
    private static final Cell SEND = Cell.stays(NOERROR, QUEUE_FULL, IO_ERROR, PROTOCOL, INVALID);
    private static final Cell CLOSE_DEVICE =
            Cell.stays(NOERROR, CLOSE, BUSY).orLeads(NOERROR, NORMALLY_TERMINATED);
    private static final Cell TO_ABORT = Cell.leads(NOERROR, ABNORMALLY_TERMINATED);
    private static final Cell GONE = Cell.leads(NOERROR, DOES_NOT_EXIST);
    private static final Cell CLOSE_ACTIVE =
            Cell.leads(PROTOCOL, DOES_NOT_EXIST).orLeads(NOERROR, DOES_NOT_EXIST);

    private static final TransitionTable<ServerFunction> TABLE = table();

    private ServerTransitions() {}

    /** The table itself. */
    public static TransitionTable<ServerFunction> transitions() {
        return TABLE;
    }

    /** The ways a call can end in a state. */
    public static List<Transition> look(ServerFunction function, DeviceSetState state) {
        return TABLE.look(function, state);
    }

    /** The status with which the state refuses the call, or null. */
    public static @Nullable VdiStatus refusal(ServerFunction function, DeviceSetState state) {
        return TABLE.refusal(function, state);
    }

    private static TransitionTable<ServerFunction> table() {
        TransitionTable.Builder<ServerFunction> table =
                new TransitionTable.Builder<>(
                        ServerFunction.class,
                        DOES_NOT_EXIST,
                        CONNECTED,
                        CONFIGURABLE,
                        INITIALIZING,
                        ACTIVE,
                        NORMALLY_TERMINATED,
                        ABNORMALLY_TERMINATED);
        configurationRows(table);
        dataRows(table);
        endRows(table);
        return table.build();
    }

    private static void configurationRows(TransitionTable.Builder<ServerFunction> table) {
        table.row(ServerFunction.OPEN, ATTACH, P, P, P, P, P, P)
                .row(ServerFunction.GET_CONFIGURATION, P, OK, OK, OK, OK, OK, A)
                .row(ServerFunction.BEGIN_CONFIGURATION, P, BEGIN, P, P, P, P, A)
                .row(ServerFunction.REQUEST_BUFFERS, P, P, NOTE, REQUEST, REQUEST, P, A)
                .row(ServerFunction.QUERY_AVAILABLE_BUFFERS, P, P, QUERY, QUERY, QUERY, P, A)
                .row(ServerFunction.END_CONFIGURATION, P, P, END, P, P, P, A);
    }

    private static void dataRows(TransitionTable.Builder<ServerFunction> table) {
        table.row(ServerFunction.OPEN_DEVICE, P, P, P, FIRST_DEVICE, NEXT_DEVICE, P, A)
                .row(
                        ServerFunction.EXECUTE_COMPLETION_AGENT,
                        P,
                        P,
                        P,
                        AGENT_FIRST,
                        AGENT_ACTIVE,
                        P,
                        A)
                .row(ServerFunction.ALLOCATE_BUFFER, P, P, P, REQUEST, REQUEST, P, A)
                .row(ServerFunction.FREE_BUFFER, P, P, P, FREE, FREE, FREE, FREE)
                .row(ServerFunction.SEND_COMMAND, P, P, P, P, SEND, P, A)
                .row(ServerFunction.CLOSE_DEVICE, P, P, P, P, CLOSE_DEVICE, CLOSED, A);
    }

    private static void endRows(TransitionTable.Builder<ServerFunction> table) {
        table.row(
                        ServerFunction.SIGNAL_ABORT,
                        P,
                        TO_ABORT,
                        TO_ABORT,
                        TO_ABORT,
                        TO_ABORT,
                        TO_ABORT,
                        TO_ABORT)
                .row(ServerFunction.CLOSE, P, GONE, GONE, GONE, CLOSE_ACTIVE, GONE, GONE);
    }
}
