package dev.sluice.vdi.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.ClientWalk;
import dev.sluice.vdi.conformance.EmbeddedEnds;
import dev.sluice.vdi.conformance.Rig;
import dev.sluice.vdi.conformance.Walk;
import dev.sluice.vdi.conformance.Walk.Scenario;
import dev.sluice.vdi.protocol.ClientFunction;
import dev.sluice.vdi.protocol.ClientTransitions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Set;

/** The walk through the client's table, by the states the embedded client keeps. */
class ClientStateTest {

    /** Outcomes the table allows and this implementation has no way to. */
    private static final Set<String> UNREACHABLE =
            // a client that opened no device never received a buffer it could name
            Set.of("GET_BUFFER_HANDLE in INITIALIZING returns NOERROR and leads to INITIALIZING");

    static List<Scenario<ClientFunction>> scenarios() {
        return new ClientWalk().scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theEmbeddedClientIsInTheStatesOfTheTable(Scenario<ClientFunction> scenario)
            throws VdiException {
        try (Rig rig = scenario.setup().rig(new EmbeddedEnds(new EmbeddedVdi()))) {
            assertThat(States.client(rig)).isEqualTo(scenario.state());
            assertThat(scenario.script().run(rig)).isEqualTo(scenario.status());
            assertThat(States.client(rig)).isEqualTo(scenario.next());
        }
    }

    @Test
    void theWalkProvokesEveryOutcomeOfTheTableAndNoOther() {
        Set<String> provoked = new ClientWalk().provoked();
        provoked.addAll(UNREACHABLE);
        assertThat(provoked)
                .containsExactlyInAnyOrderElementsOf(
                        Walk.outcomes(ClientTransitions.transitions(), ClientFunction.values()));
    }
}
