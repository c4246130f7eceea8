package dev.sluice.vdi.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables against a second copy, written down as vdi-facts section E prints it: a cell lists
 * outcomes, {@code ->} names the next state where it changes. P, A, ok and the rest are the
 * statuses; states are D(NE), N (Connected), C(onfigurable), I(nitializing), V (Active), T (NT), X
 * (Abort).
 */
class TransitionsTest {

    private static final String CLIENT =
            """
            CREATE             | ok->C NS INV P INST | P            | P                    | P                      | P    | P
            GET_CONFIGURATION  | P                   | ok->I TO A->X| ok                   | ok                     | ok   | A
            OPEN_DEVICE        | P                   | P            | ok->V OP P INV A->X  | ok OP P INV A->X       | P    | A
            GET_COMMAND        | P                   | P            | P                    | ok TO CL CL->T A->X    | P    | A
            COMPLETE_COMMAND   | P                   | P            | P                    | ok INV                 | P    | A
            SIGNAL_ABORT       | P                   | ok->X        | ok->X                | ok->X                  | ok->X| ok
            CLOSE              | P                   | ok->D        | ok->D                | ok->D OP->D            | ok->D| ok->D
            OPEN_IN_SECONDARY  | ok->I P A INST      | P            | P                    | P                      | P    | P
            GET_BUFFER_HANDLE  | P                   | P            | ok INV               | ok INV                 | ok INV | ok INV
            MAP_BUFFER_HANDLE  | P                   | P            | ok INV               | ok INV                 | ok INV | ok INV
            """;

    private static final String SERVER =
            """
            OPEN                     | ok->N INV A P INST | P         | P         | P          | P                  | P     | P
            GET_CONFIGURATION        | P                  | ok        | ok        | ok         | ok                 | ok    | A
            BEGIN_CONFIGURATION      | P                  | ok->C INV | P         | P          | P                  | P     | A
            REQUEST_BUFFERS          | P                  | P         | ok INV    | ok MEM INV | ok MEM INV         | P     | A
            QUERY_AVAILABLE_BUFFERS  | P                  | P         | ok INV    | ok INV     | ok INV             | P     | A
            END_CONFIGURATION        | P                  | P         | ok->I MEM | P          | P                  | P     | A
            OPEN_DEVICE              | P                  | P         | P         | ok->V INV  | ok OP INV          | P     | A
            EXECUTE_COMPLETION_AGENT | P                  | P         | P         | ok->V      | ok P ok->T A->X    | P     | A
            ALLOCATE_BUFFER          | P                  | P         | P         | ok MEM INV | ok MEM INV         | P     | A
            FREE_BUFFER              | P                  | P         | P         | ok INV     | ok INV             | ok INV| ok INV
            SEND_COMMAND             | P                  | P         | P         | P          | ok QF IO P INV     | P     | A
            CLOSE_DEVICE             | P                  | P         | P         | P          | ok CL BUSY ok->T   | CL    | A
            SIGNAL_ABORT             | P                  | ok->X     | ok->X     | ok->X      | ok->X              | ok->X | ok
            CLOSE                    | P                  | ok->D     | ok->D     | ok->D      | P->D ok->D         | ok->D | ok->D
            """;

    @ParameterizedTest
    @EnumSource(ClientFunction.class)
    void theClientsRowIsThatOfTheFactSheet(ClientFunction function) {
        compare(ClientTransitions.transitions(), function, "DCIVTX", CLIENT);
    }

    @ParameterizedTest
    @EnumSource(ServerFunction.class)
    void theServersRowIsThatOfTheFactSheet(ServerFunction function) {
        compare(ServerTransitions.transitions(), function, "DNCIVTX", SERVER);
    }

    private static <F extends Enum<F>> void compare(
            TransitionTable<F> table, F function, String columns, String text) {
        List<String> row = row(function.name(), text);
        assertThat(table.states())
                .containsExactlyElementsOf(columns.chars().mapToObj(c -> state((char) c)).toList());
        assertThat(row).hasSameSizeAs(table.states());
        for (int i = 0; i < row.size(); i++) {
            DeviceSetState state = table.states().get(i);
            assertThat(Set.copyOf(table.look(function, state)))
                    .as("%s in %s", function, state)
                    .isEqualTo(cell(row.get(i), state));
        }
    }

    private static List<String> row(String function, String text) {
        String line =
                text.lines().filter(l -> l.startsWith(function + " ")).findFirst().orElseThrow();
        return Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
    }

    private static Set<Transition> cell(String text, DeviceSetState state) {
        return Arrays.stream(text.split(" +"))
                .map(outcome -> transition(outcome, state))
                .collect(Collectors.toSet());
    }

    private static Transition transition(String outcome, DeviceSetState state) {
        int arrow = outcome.indexOf("->");
        return arrow < 0
                ? new Transition(status(outcome), state)
                : new Transition(
                        status(outcome.substring(0, arrow)), state(outcome.charAt(arrow + 2)));
    }

    private static VdiStatus status(String name) {
        return switch (name) {
            case "ok" -> VdiStatus.NOERROR;
            case "P" -> VdiStatus.PROTOCOL;
            case "A" -> VdiStatus.ABORT;
            case "TO" -> VdiStatus.TIMEOUT;
            case "OP" -> VdiStatus.OPEN;
            case "CL" -> VdiStatus.CLOSE;
            case "NS" -> VdiStatus.NOT_SUPPORTED;
            case "INV" -> VdiStatus.INVALID;
            case "INST" -> VdiStatus.INSTANCE_NAME;
            case "MEM" -> VdiStatus.MEMORY;
            case "QF" -> VdiStatus.QUEUE_FULL;
            case "IO" -> VdiStatus.IO_ERROR;
            case "BUSY" -> VdiStatus.BUSY;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static DeviceSetState state(char letter) {
        return switch (letter) {
            case 'D' -> DeviceSetState.DOES_NOT_EXIST;
            case 'N' -> DeviceSetState.CONNECTED;
            case 'C' -> DeviceSetState.CONFIGURABLE;
            case 'I' -> DeviceSetState.INITIALIZING;
            case 'V' -> DeviceSetState.ACTIVE;
            case 'T' -> DeviceSetState.NORMALLY_TERMINATED;
            case 'X' -> DeviceSetState.ABNORMALLY_TERMINATED;
            default -> throw new IllegalArgumentException(String.valueOf(letter));
        };
    }

    @Test
    void onlyACellWithASingleFailureRefusesAtTheDoor() {
        assertThat(ClientTransitions.refusal(ClientFunction.GET_COMMAND, DeviceSetState.ACTIVE))
                .isNull();
        assertThat(
                        ClientTransitions.refusal(
                                ClientFunction.GET_COMMAND, DeviceSetState.INITIALIZING))
                .isEqualTo(VdiStatus.PROTOCOL);
        assertThat(
                        ServerTransitions.refusal(
                                ServerFunction.CLOSE_DEVICE, DeviceSetState.NORMALLY_TERMINATED))
                .isEqualTo(VdiStatus.CLOSE);
        assertThat(
                        ServerTransitions.refusal(
                                ServerFunction.SIGNAL_ABORT, DeviceSetState.ABNORMALLY_TERMINATED))
                .isNull();
    }

    @Test
    void noCallLeavesAbortButClose() {
        for (ClientFunction function : ClientFunction.values()) {
            ClientTransitions.look(function, DeviceSetState.ABNORMALLY_TERMINATED)
                    .forEach(t -> assertStuck(t, function == ClientFunction.CLOSE));
        }
        for (ServerFunction function : ServerFunction.values()) {
            ServerTransitions.look(function, DeviceSetState.ABNORMALLY_TERMINATED)
                    .forEach(t -> assertStuck(t, function == ServerFunction.CLOSE));
        }
    }

    private static void assertStuck(Transition transition, boolean close) {
        assertThat(transition.next())
                .isEqualTo(
                        close
                                ? DeviceSetState.DOES_NOT_EXIST
                                : DeviceSetState.ABNORMALLY_TERMINATED);
    }

    @Test
    void refusesAStepThatTheTableDoesNotHave() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                ClientTransitions.transitions()
                                        .step(
                                                ClientFunction.CLOSE,
                                                DeviceSetState.DOES_NOT_EXIST,
                                                VdiStatus.NOERROR,
                                                DeviceSetState.ACTIVE))
                .withMessageContaining("CLOSE in DOES_NOT_EXIST");
    }

    @Test
    void theClientIsNeverConnected() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                ClientTransitions.look(
                                        ClientFunction.CLOSE, DeviceSetState.CONNECTED));
    }

    @Test
    void aDeviceTakesOnlyTheStepsOfTheErrorProtocol() {
        for (DeviceState from : DeviceState.values()) {
            for (DeviceState to : DeviceState.values()) {
                assertThat(from.canBecome(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(STEPS.contains(from + " " + to));
            }
        }
        assertThatIllegalStateException().isThrownBy(() -> DeviceState.CLOSED.to(DeviceState.OPEN));
    }

    private static final Set<String> STEPS =
            Set.of(
                    "UNOPENED OPEN",
                    "OPEN IO_ERROR",
                    "OPEN CLOSED",
                    "IO_ERROR OPEN",
                    "IO_ERROR CLOSED");
}
