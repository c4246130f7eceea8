package dev.sluice.vdi.protocol;

import static dev.sluice.vdi.protocol.DeviceSetState.ABNORMALLY_TERMINATED;
import static dev.sluice.vdi.protocol.DeviceSetState.ACTIVE;
import static dev.sluice.vdi.protocol.DeviceSetState.CONFIGURABLE;
import static dev.sluice.vdi.protocol.DeviceSetState.DOES_NOT_EXIST;
import static dev.sluice.vdi.protocol.DeviceSetState.INITIALIZING;
import static dev.sluice.vdi.protocol.DeviceSetState.NORMALLY_TERMINATED;
import static dev.sluice.vdi.protocol.VdiStatus.ABORT;
import static dev.sluice.vdi.protocol.VdiStatus.CLOSE;
import static dev.sluice.vdi.protocol.VdiStatus.INSTANCE_NAME;
import static dev.sluice.vdi.protocol.VdiStatus.INVALID;
import static dev.sluice.vdi.protocol.VdiStatus.NOERROR;
import static dev.sluice.vdi.protocol.VdiStatus.NOT_SUPPORTED;
import static dev.sluice.vdi.protocol.VdiStatus.OPEN;
import static dev.sluice.vdi.protocol.VdiStatus.PROTOCOL;
import static dev.sluice.vdi.protocol.VdiStatus.TIMEOUT;

import dev.sluice.vdi.protocol.TransitionTable.Cell;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The client's transition table (vdi-facts E.1), with the recommended cells: OpenDevice in Active
 * as X-2 says, Close in Active as X-3 says, and the rows for secondary clients and buffer handles.
 * A call that can wait lists, besides its own endings, the abort that may meet it there. The client
 * never is {@link DeviceSetState#CONNECTED}.
 */
public final class ClientTransitions {

    private static final Cell P = Cell.stays(PROTOCOL);
    private static final Cell A = Cell.stays(ABORT);
    private static final Cell OK = Cell.stays(NOERROR);
    private static final Cell HANDLE = Cell.stays(NOERROR, INVALID);
    private static final Cell TO_ABORT = Cell.leads(NOERROR, ABNORMALLY_TERMINATED);
    private static final Cell GONE = Cell.leads(NOERROR, DOES_NOT_EXIST);
    private static final Cell FIRST_DEVICE =
            Cell.leads(NOERROR, ACTIVE)
                    .orStays(OPEN, PROTOCOL, INVALID)
                    .orLeads(ABORT, ABNORMALLY_TERMINATED);
    private static final Cell NEXT_DEVICE =
            Cell.stays(NOERROR, OPEN, PROTOCOL, INVALID).orLeads(ABORT, ABNORMALLY_TERMINATED);
    private static final Cell FETCH =
            Cell.stays(NOERROR, TIMEOUT, CLOSE)
                    .orLeads(CLOSE, NORMALLY_TERMINATED)
                    .orLeads(ABORT, ABNORMALLY_TERMINATED);
    private static final Cell WAIT_FOR_CONFIGURATION =
            Cell.leads(NOERROR, INITIALIZING)
                    .orStays(TIMEOUT)
                    .orLeads(ABORT, ABNORMALLY_TERMINATED);
    private static final Cell CREATION =
            Cell.leads(NOERROR, CONFIGURABLE)
                    .orStays(NOT_SUPPORTED, INVALID, PROTOCOL, INSTANCE_NAME);
    private static final Cell SECOND =
            Cell.leads(NOERROR, INITIALIZING).orStays(PROTOCOL, ABORT, INSTANCE_NAME);
    private static final Cell CLOSE_ACTIVE =
            Cell.leads(NOERROR, DOES_NOT_EXIST).orLeads(OPEN, DOES_NOT_EXIST);

    private static final TransitionTable<ClientFunction> TABLE = table();

    private ClientTransitions() {}

    /** The table itself. */
    public static TransitionTable<ClientFunction> transitions() {
        return TABLE;
    }

    /** The ways a call can end in a state. */
    public static List<Transition> look(ClientFunction function, DeviceSetState state) {
        return TABLE.look(function, state);
    }

    /** The status with which the state refuses the call, or null. */
    public static @Nullable VdiStatus refusal(ClientFunction function, DeviceSetState state) {
        return TABLE.refusal(function, state);
    }

    private static TransitionTable<ClientFunction> table() {
        return new TransitionTable.Builder<>(
                        ClientFunction.class,
                        DOES_NOT_EXIST,
                        CONFIGURABLE,
                        INITIALIZING,
                        ACTIVE,
                        NORMALLY_TERMINATED,
                        ABNORMALLY_TERMINATED)
                .row(ClientFunction.CREATE, CREATION, P, P, P, P, P)
                .row(ClientFunction.GET_CONFIGURATION, P, WAIT_FOR_CONFIGURATION, OK, OK, OK, A)
                .row(ClientFunction.OPEN_DEVICE, P, P, FIRST_DEVICE, NEXT_DEVICE, P, A)
                .row(ClientFunction.GET_COMMAND, P, P, P, FETCH, P, A)
                .row(ClientFunction.COMPLETE_COMMAND, P, P, P, HANDLE, P, A)
                .row(
                        ClientFunction.SIGNAL_ABORT,
                        P,
                        TO_ABORT,
                        TO_ABORT,
                        TO_ABORT,
                        TO_ABORT,
                        TO_ABORT)
                .row(ClientFunction.CLOSE, P, GONE, GONE, CLOSE_ACTIVE, GONE, GONE)
                .row(ClientFunction.OPEN_IN_SECONDARY, SECOND, P, P, P, P, P)
                .row(ClientFunction.GET_BUFFER_HANDLE, P, P, HANDLE, HANDLE, HANDLE, HANDLE)
                .row(ClientFunction.MAP_BUFFER_HANDLE, P, P, HANDLE, HANDLE, HANDLE, HANDLE)
                .build();
    }
}
