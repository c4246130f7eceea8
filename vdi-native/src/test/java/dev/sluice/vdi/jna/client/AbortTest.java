package dev.sluice.vdi.jna.client;

import static dev.sluice.vdi.conformance.Rig.assertStatus;
import static dev.sluice.vdi.conformance.Rig.statusOf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.Running;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.util.List;

/** Aborting a native set, from any thread and in any state. */
class AbortTest {

    @ParameterizedTest
    @EnumSource(
            value = DeviceSetState.class,
            names = {"DOES_NOT_EXIST", "CONNECTED"},
            mode = Mode.EXCLUDE)
    void itSucceedsInEveryStateOfASetAndTwice(DeviceSetState state) throws VdiException {
        try (Client client = Client.in(state)) {
            client.set.signalAbort();
            client.set.signalAbort();
            assertStatus(VdiStatus.ABORT, () -> client.set.getConfiguration(-1));
            assertStatus(VdiStatus.ABORT, () -> client.set.openDevice("0"));
            assertStatus(VdiStatus.NOERROR, client.set::close);
        }
    }

    @Test
    void twoThreadsMayAbortAtOnceWhileOthersWait() throws VdiException {
        try (Client client = Client.active(2)) {
            List<Running<VdiStatus>> fetchers =
                    client.devices.stream()
                            .map(d -> Running.start("f", () -> statusOf(() -> d.getCommand(-1))))
                            .map(Running::untilBlocked)
                            .toList();
            List<Running<VdiStatus>> aborters =
                    List.of(
                            Running.start("a", () -> statusOf(client.set::signalAbort)),
                            Running.start("a", () -> statusOf(client.set::signalAbort)));
            assertThat(aborters).extracting(Running::result).containsOnly(VdiStatus.NOERROR);
            assertThat(fetchers).extracting(Running::result).containsOnly(VdiStatus.ABORT);
        }
    }

    @Test
    void aCommandInTheClientsHandsKeepsItsBufferUntilItIsGivenBack() throws VdiException {
        try (Client client = Client.active(1)) {
            Command held = client.fetchWrite();
            client.set.signalAbort();
            held.buffer().putInt(0, 7);
            assertThat(client.set.observe().orElseThrow().outstanding()).isEqualTo(1);
            assertStatus(VdiStatus.ABORT, () -> client.complete(held));
            assertThat(client.set.observe().orElseThrow().outstanding()).isZero();
            assertStatus(VdiStatus.ABORT, () -> client.complete(held));
            assertThat(client.server().completions()).isEmpty();
            assertThat(client.server().calls()).containsOnlyOnce("CompleteCommand");
        }
    }

    @Test
    void anAbortOfTheServerIsSeenByEveryCall() throws VdiException {
        try (Client client = Client.active(1)) {
            client.server().abort();
            assertStatus(VdiStatus.ABORT, () -> client.device().getCommand(-1));
            assertStatus(VdiStatus.ABORT, () -> client.set.getConfiguration(0));
            assertStatus(VdiStatus.ABORT, () -> client.set.openDevice("0"));
            assertStatus(VdiStatus.NOERROR, client.set::signalAbort);
            assertStatus(VdiStatus.NOERROR, client.set::close);
        }
    }
}
