package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** Commands and their outcomes on their way through the set (vdi-facts F and L). */
class CommandTest extends Conformance {

    /** Commands a device takes: of the embedded set and of the doubles. */
    private static final int QUEUE = 64;

    private static final int REFUSED = 995;

    @Test
    void areDeliveredInTheOrderTheyWereSent() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            for (int i = 0; i < QUEUE; i++) {
                Sent sent = new Sent();
                sent.command.prepare(CommandCode.SET_POSITION.number(), null, 0, i);
                rig.serverDevices.getFirst().sendCommand(sent.command);
            }
            for (int i = 0; i < QUEUE; i++) {
                assertThat(rig.fetch().position()).isEqualTo(i);
            }
        }
    }

    @Test
    void areRefusedByAFullQueueUntilOneIsCompleted() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent first = rig.control(CommandCode.FLUSH);
            for (int i = 1; i < QUEUE; i++) {
                rig.control(CommandCode.FLUSH);
            }
            assertQueueFull(rig);
            Command command = rig.fetch();
            assertQueueFull(rig);
            rig.complete(command, 0);
            // its place is free when its routine has begun
            assertThat(first.code()).isZero();
            rig.control(CommandCode.FLUSH);
            assertQueueFull(rig);
        }
    }

    private static void assertQueueFull(Rig rig) {
        Sent sent = new Sent();
        sent.command.control(CommandCode.FLUSH);
        Rig.assertStatus(
                VdiStatus.QUEUE_FULL, () -> rig.serverDevices.getFirst().sendCommand(sent.command));
        assertThat(sent.code()).isEqualTo(1450);
        assertThat(sent.calledBack.join()).isSameAs(Thread.currentThread());
    }

    @Test
    void mayBeCompletedInAnyOrderFromAnyThread() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent first = rig.write();
            Sent second = rig.control(CommandCode.GET_POSITION);
            Command write = rig.fetch();
            Command position = rig.fetch();
            Running<String> completing =
                    Running.start(
                            "complete",
                            () -> {
                                rig.clientDevices.getFirst().completeCommand(position, 0, 0, 77);
                                return "done";
                            });
            completing.result();
            assertThat(second.code()).isZero();
            assertThat(second.command.outPosition()).isEqualTo(77);
            assertThat(first.calledBack).isNotDone();
            rig.complete(write, 0);
            assertThat(first.code()).isZero();
            assertThat(first.calledBack.join()).isSameAs(rig.agent().thread);
        }
    }

    @Test
    void aSecondThreadThatFetchesIsServedOrRefusedAsBusy() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Running<Command> first = Running.start("fetch", () -> rig.await(0)).untilBlocked();
            VdiStatus expected =
                    rig.has(Trait.SEVERAL_FETCHERS) ? VdiStatus.TIMEOUT : VdiStatus.BUSY;
            assertThat(Rig.statusOfWait(() -> rig.poll(0))).isEqualTo(expected);
            rig.write();
            assertThat(first.result().code()).isEqualTo(CommandCode.WRITE);
        }
    }

    @ParameterizedTest
    @EnumSource(value = CommandCode.class, names = "UNKNOWN", mode = Mode.EXCLUDE)
    void everyCommandOfTheInterfaceArrivesAsWhatItIs(CommandCode code) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            if (code.hasBuffer()) {
                rig.hold();
            }
            int size = code.hasBuffer() ? Rig.BLOCK : 3;
            Sent sent = new Sent();
            sent.command.prepare(
                    code.number(), code.hasBuffer() ? rig.held() : null, size, 1L << 40);
            rig.serverDevices.getFirst().sendCommand(sent.command);
            Command command = rig.fetch();
            assertThat(command.code()).isEqualTo(code);
            assertThat(command.rawCode()).isEqualTo(code.number());
            assertThat(command.size()).isEqualTo(size);
            assertThat(command.position()).isEqualTo(1L << 40);
            rig.complete(command, 0);
            assertThat(sent.code()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 4711, -1})
    void anUnknownCommandKeepsItsNumberAndIsRefusedAsNotSupported(int number) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = new Sent();
            rig.serverDevices.getFirst().sendCommand(sent.command.prepare(number, null, 12, 34));
            Command command = rig.fetch();
            assertThat(command.code()).isEqualTo(CommandCode.UNKNOWN);
            assertThat(command.rawCode()).isEqualTo(number);
            assertThat(command.size()).isEqualTo(12);
            assertThat(command.position()).isEqualTo(34);
            rig.complete(command, CompletionCode.NOT_SUPPORTED.number());
            assertThat(sent.code()).isEqualTo(50);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "UNKNOWN", mode = Mode.EXCLUDE)
    void everyCompletionCodeReachesTheServerUnchanged(CompletionCode code) throws VdiException {
        assertReachesTheServer(code.number());
    }

    @Test
    void anUnlistedCompletionCodeReachesTheServerUnchanged() throws VdiException {
        assertReachesTheServer(4711);
    }

    private void assertReachesTheServer(int code) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = rig.write();
            rig.clientDevices
                    .getFirst()
                    .completeCommand(rig.fetch(), code, Rig.BLOCK, Long.MIN_VALUE);
            assertThat(sent.code()).isEqualTo(code);
            assertThat(sent.command.bytesTransferred()).isEqualTo(Rig.BLOCK);
            assertThat(sent.command.outPosition()).isEqualTo(Long.MIN_VALUE);
        }
    }

    /** Prepare, then the rest of the metadata, then the snapshot itself, then the end (F). */
    @Test
    void aSnapshotBackupIsPreparedTakenAndClosed() throws VdiException {
        DeviceSetConfiguration request =
                DeviceSetConfiguration.request(1, Features.SNAPSHOT_PREPARE);
        try (Rig rig = rig(request).activate().useABuffer()) {
            List<CommandCode> seen = new ArrayList<>();
            for (CommandCode code : List.of(CommandCode.PREPARE_TO_FREEZE, CommandCode.SNAPSHOT)) {
                Sent sent = rig.control(code);
                Command command = rig.fetch();
                seen.add(command.code());
                rig.complete(command, 0);
                assertThat(sent.code()).isZero();
                if (code == CommandCode.PREPARE_TO_FREEZE) {
                    rig.useABuffer();
                }
            }
            assertThat(seen).containsExactly(CommandCode.PREPARE_TO_FREEZE, CommandCode.SNAPSHOT);
            rig.finish();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PREPARE_TO_FREEZE", "SNAPSHOT", "MOUNT_SNAPSHOT"})
    void aSnapshotTheClientRefusesEndsWithCloseAndNotWithAbort(CommandCode code)
            throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = rig.control(code);
            rig.complete(rig.fetch(), REFUSED);
            assertThat(sent.code()).isEqualTo(REFUSED);
            rig.finish();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    @Test
    void aMountedSnapshotIsCompletedWithSuccess() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = rig.control(CommandCode.MOUNT_SNAPSHOT);
            Command command = rig.fetch();
            assertThat(command.rawCode()).isEqualTo(14);
            rig.complete(command, 0);
            assertThat(sent.code()).isZero();
            rig.finish();
        }
    }
}
