package dev.sluice.vdi.jna.client;

import static dev.sluice.vdi.conformance.Rig.assertStatus;
import static dev.sluice.vdi.conformance.Rig.statusOf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.Running;
import dev.sluice.vdi.conformance.Walk;
import dev.sluice.vdi.jna.client.ScriptedBinding.Completion;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;

/** Commands are completed once, by anyone, and only those the device delivered. */
class CompletionTest {

    private static final int DISK_FULL = 112;

    @Test
    void theLibraryHearsWhatTheClientSaid() throws VdiException {
        try (Client client = Client.active(1)) {
            ScriptedBinding server = client.server();
            long buffer = server.buffer(Client.SIZE);
            long sent = server.send(0, CommandCode.WRITE.number(), Client.SIZE, 1L << 40, buffer);
            Command write = Objects.requireNonNull(client.device().getCommand(-1));
            assertThat(write.code()).isEqualTo(CommandCode.WRITE);
            assertThat(write.rawCode()).isEqualTo(CommandCode.WRITE.number());
            assertThat(write.size()).isEqualTo(Client.SIZE);
            assertThat(write.position()).isEqualTo(1L << 40);
            client.device().completeCommand(write, DISK_FULL, 512, 1L << 41);
            assertThat(server.completions())
                    .containsExactly(new Completion(sent, DISK_FULL, 512, 1L << 41));
        }
    }

    @Test
    void anUnknownCommandPassesWithItsNumber() throws VdiException {
        try (Client client = Client.active(1)) {
            client.server().send(0, 4711, 3, 0, 1);
            Command command = Objects.requireNonNull(client.device().getCommand(-1));
            assertThat(command.code()).isEqualTo(CommandCode.UNKNOWN);
            assertThat(command.rawCode()).isEqualTo(4711);
            assertThat(command.bufferId()).isEqualTo(-1);
            assertThatIllegalStateException().isThrownBy(command::buffer);
            assertThatIllegalStateException().isThrownBy(command::prefixZone);
            client.device().completeCommand(command, 50, 0, 0);
        }
    }

    @Test
    void anotherThreadMayCompleteInAnotherOrder() throws VdiException {
        try (Client client = Client.active(1)) {
            List<Command> held = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                held.add(client.fetchWrite());
            }
            assertThat(client.set.observe().orElseThrow().outstanding()).isEqualTo(20);
            Running<VdiStatus> other =
                    Running.start(
                            "complete",
                            () ->
                                    statusOf(
                                            () -> {
                                                for (Command command : held.reversed()) {
                                                    client.complete(command);
                                                }
                                            }));
            assertThat(other.result()).isEqualTo(VdiStatus.NOERROR);
            assertThat(client.server().completions()).hasSize(20);
        }
    }

    @Test
    void whileOneThreadFetchesAnotherCompletes() throws VdiException {
        try (Client client = Client.active(1)) {
            Command held = client.fetchWrite();
            Running<VdiStatus> fetch =
                    Running.start("fetch", () -> statusOf(() -> client.device().getCommand(-1)))
                            .untilBlocked();
            client.complete(held);
            client.server().closeDevice(0);
            assertThat(fetch.result()).isEqualTo(VdiStatus.CLOSE);
        }
    }

    @Test
    void aCommandIsCompletedOnce() throws VdiException {
        try (Client client = Client.active(1)) {
            Command command = client.fetchWrite();
            client.complete(command);
            assertStatus(VdiStatus.INVALID, () -> client.complete(command));
            assertThat(client.server().completions()).hasSize(1);
            assertThatIllegalStateException().isThrownBy(command::buffer);
        }
    }

    @Test
    void ofTwoThreadsThatCompleteTheSameCommandOneDoes() throws VdiException {
        try (Client client = Client.active(1)) {
            for (int round = 1; round <= 200; round++) {
                Command command = client.fetchWrite();
                CyclicBarrier together = new CyclicBarrier(2);
                List<Running<VdiStatus>> both =
                        List.of(
                                completing(client, command, together),
                                completing(client, command, together));
                assertThat(both)
                        .extracting(Running::result)
                        .containsExactlyInAnyOrder(VdiStatus.NOERROR, VdiStatus.INVALID);
                assertThat(client.server().completions()).hasSize(round);
            }
        }
    }

    private static Running<VdiStatus> completing(
            Client client, Command command, CyclicBarrier together) {
        return Running.start(
                "complete",
                () -> {
                    together.await();
                    return statusOf(() -> client.complete(command));
                });
    }

    @Test
    void aDeviceRefusesTheCommandOfAnother() throws VdiException {
        try (Client client = Client.active(2)) {
            Command other = client.fetchWrite(1, client.server().buffer(Client.SIZE));
            assertStatus(VdiStatus.INVALID, () -> client.complete(other));
            assertThat(client.server().completions()).isEmpty();
            client.devices.get(1).completeCommand(other, 0, 0, 0);
        }
    }

    @Test
    void aDeviceRefusesWhatIsNoCommandOfALibrary() throws VdiException {
        try (Client client = Client.active(1)) {
            assertStatus(VdiStatus.INVALID, () -> client.complete(new Walk.Stranger()));
            client.set.signalAbort();
            assertStatus(VdiStatus.ABORT, () -> client.complete(new Walk.Stranger()));
        }
        try (Client client = Client.in(DeviceSetState.NORMALLY_TERMINATED)) {
            assertStatus(VdiStatus.PROTOCOL, () -> client.complete(new Walk.Stranger()));
        }
    }

    @Test
    void theBytesMustFitTheCommandAndARefusedOneIsStillHeld() throws VdiException {
        try (Client client = Client.active(1)) {
            Command write = client.fetchWrite();
            assertStatus(
                    VdiStatus.INVALID,
                    () -> client.device().completeCommand(write, 0, Client.SIZE + 1, 0));
            assertStatus(VdiStatus.INVALID, () -> client.device().completeCommand(write, 0, -1, 0));
            assertThat(write.buffer().remaining()).isEqualTo(Client.SIZE);
            client.complete(write);
            client.server().send(0, CommandCode.FLUSH.number(), 7, 0, 0);
            Command flush = Objects.requireNonNull(client.device().getCommand(-1));
            assertStatus(VdiStatus.INVALID, () -> client.device().completeCommand(flush, 0, 1, 0));
            client.device().completeCommand(flush, 0, 0, 0);
        }
    }
}
