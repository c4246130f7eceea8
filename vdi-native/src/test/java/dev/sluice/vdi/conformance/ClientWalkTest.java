package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.Walk.Scenario;
import dev.sluice.vdi.protocol.ClientFunction;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** Walks the client through every outcome of every cell of its table (vdi-facts E.1). */
class ClientWalkTest extends Conformance {

    static List<Scenario<ClientFunction>> scenarios() {
        return new ClientWalk().scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theClientDoesWhatTheTableSays(Scenario<ClientFunction> scenario) throws VdiException {
        try (Rig rig = scenario.setup().rig(ends())) {
            assertThat(rig.clientState()).isEqualTo(scenario.state());
            assertThat(scenario.script().run(rig)).isEqualTo(scenario.status());
            assertThat(rig.clientState()).isEqualTo(scenario.next());
        }
    }
}
