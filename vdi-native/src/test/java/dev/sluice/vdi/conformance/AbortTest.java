package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.SharedBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * ABORT-1 to ABORT-45 of vdi-facts section I, each by its number, as far as one process can show
 * them; both sides abort where both may. Elsewhere:
 *
 * <table>
 *   <caption>Requirements that are shown elsewhere</caption>
 *   <tr><td>ABORT-18</td><td>also {@link AbortRaceTest}, many times</td></tr>
 *   <tr><td>ABORT-36 to 38</td><td>{@link TwoProcessTest}, as far as they need two processes</td></tr>
 *   <tr><td>ABORT-39</td><td>{@link ServerTimeOutTest}</td></tr>
 *   <tr><td>ABORT-42</td><td>messages 18210, 3013 and 3041 come from the SQL server; shown where
 *       statements run</td></tr>
 * </table>
 */
class AbortTest extends Conformance {

    private static final int ABORTED = 995;

    private Rig clientIn(DeviceSetState state) throws VdiException {
        return switch (state) {
            case DOES_NOT_EXIST -> rig(2);
            case CONNECTED -> rig(2).connect();
            case CONFIGURABLE -> rig(2).begin();
            case INITIALIZING -> rig(2).configure();
            case ACTIVE -> rig(2).activate();
            case NORMALLY_TERMINATED -> rig(2).activate().finish();
            case ABNORMALLY_TERMINATED -> rig(2).activate().abort();
        };
    }

    private static void assertAborted(Rig rig) {
        assertThat(rig.clientState()).isEqualTo(DeviceSetState.ABNORMALLY_TERMINATED);
        assertThat(rig.serverState()).isEqualTo(DeviceSetState.ABNORMALLY_TERMINATED);
    }

    @ParameterizedTest
    @EnumSource
    void abort1_withoutASetItIsRefusedAndHasNoEffect(Side side) throws VdiException {
        try (Rig rig = rig(1)) {
            Rig.assertStatus(VdiStatus.PROTOCOL, () -> side.abort(rig));
            assertThat(rig.activate().finish().clientState())
                    .isEqualTo(DeviceSetState.NORMALLY_TERMINATED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DeviceSetState.class,
            names = {"DOES_NOT_EXIST", "CONNECTED", "ABNORMALLY_TERMINATED"},
            mode = Mode.EXCLUDE)
    void abort2_theClientAbortsFromEveryStateOfASet(DeviceSetState state) throws VdiException {
        try (Rig rig = clientIn(state)) {
            assertThat(rig.clientState()).isEqualTo(state);
            rig.client.signalAbort();
            assertAborted(rig);
        }
    }

    @Test
    void abort2_theClientAbortsASetNoServerHasFound() throws VdiException {
        try (Rig rig = rig(1).create()) {
            rig.client.signalAbort();
            assertThat(rig.clientState()).isEqualTo(DeviceSetState.ABNORMALLY_TERMINATED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort3_aSecondAbortSucceedsAndChangesNothing(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = rig.write();
            side.abort(rig);
            side.abort(rig);
            Side.CLIENT.abort(rig);
            Side.SERVER.abort(rig);
            assertAborted(rig);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            assertThat(sent.code()).isEqualTo(ABORTED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DeviceSetState.class,
            names = {"DOES_NOT_EXIST", "ABNORMALLY_TERMINATED"},
            mode = Mode.EXCLUDE)
    void abort4_theServerAbortsFromEveryStateOfASet(DeviceSetState state) throws VdiException {
        try (Rig rig = clientIn(state)) {
            assertThat(rig.serverState()).isEqualTo(state);
            rig.server.signalAbort();
            assertAborted(rig);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort5_bothSidesSeeItAndOnlyCloseLeadsOut(Side side) throws VdiException {
        try (Rig rig = rig(2).activate()) {
            side.abort(rig);
            for (ClientDevice device : rig.clientDevices) {
                Rig.assertStatus(VdiStatus.ABORT, () -> device.getCommand(0));
            }
            for (ServerDevice device : rig.serverDevices) {
                Rig.assertStatus(VdiStatus.ABORT, device::closeDevice);
            }
            assertAborted(rig);
            rig.client.close();
            rig.server.close();
            assertThat(rig.clientState()).isEqualTo(DeviceSetState.DOES_NOT_EXIST);
            assertThat(rig.serverState()).isEqualTo(DeviceSetState.DOES_NOT_EXIST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort6_aCompletionRoutineMayAbortAndCallAnything(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            List<VdiStatus> seen = new ArrayList<>();
            Sent next = new Sent();
            ServerCommand first =
                    new ServerCommand(
                            done -> {
                                seen.add(Rig.statusOf(() -> rig.server.allocateBuffer(4096, 0)));
                                seen.add(Rig.statusOf(() -> side.abort(rig)));
                                seen.add(Rig.statusOf(() -> rig.server.allocateBuffer(4096, 0)));
                                next.command.control(CommandCode.FLUSH);
                                ServerDevice device = rig.serverDevices.getFirst();
                                seen.add(Rig.statusOf(() -> device.sendCommand(next.command)));
                            });
            rig.serverDevices.getFirst().sendCommand(first.control(CommandCode.FLUSH));
            rig.complete(rig.fetch(), 0);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            assertThat(seen)
                    .containsExactly(
                            VdiStatus.NOERROR, VdiStatus.NOERROR, VdiStatus.ABORT, VdiStatus.ABORT);
            assertThat(next.code()).isEqualTo(ABORTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort6_itDoesNotWaitForARoutineThatIsRunning(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            CountDownLatch inRoutine = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            ServerCommand slow =
                    new ServerCommand(
                            done -> {
                                inRoutine.countDown();
                                Running.await(release);
                            });
            rig.serverDevices.getFirst().sendCommand(slow.control(CommandCode.FLUSH));
            rig.complete(rig.fetch(), 0);
            Running.await(inRoutine);
            Sent waiting = rig.write();
            side.abort(rig);
            assertAborted(rig);
            assertThat(waiting.calledBack).isNotDone();
            release.countDown();
            assertThat(waiting.code()).isEqualTo(ABORTED);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort6_twoThreadsMayAbortAtOnce(Side side) throws VdiException {
        for (int i = 0; i < 200; i++) {
            try (Rig rig = rig(1).activate()) {
                Sent sent = rig.write();
                CyclicBarrier together = new CyclicBarrier(2);
                List<Running<VdiStatus>> aborts = new ArrayList<>();
                for (Side each : List.of(side, Side.CLIENT)) {
                    aborts.add(
                            Running.start(
                                    "abort",
                                    () -> {
                                        together.await();
                                        return Rig.statusOf(() -> each.abort(rig));
                                    }));
                }
                for (Running<VdiStatus> abort : aborts) {
                    assertThat(abort.result()).isEqualTo(VdiStatus.NOERROR);
                }
                assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
                assertThat(sent.code()).isEqualTo(ABORTED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort7_itDoesNotWaitForOutstandingCommands(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = rig.write();
            Command inHand = rig.fetch();
            side.abort(rig);
            assertThat(sent.code()).isEqualTo(ABORTED);
            assertThat(rig.look().outstanding()).isEqualTo(1);
            assertThat(inHand.buffer().remaining()).isEqualTo(Rig.TRANSFER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort8_aBlockedGetConfigurationReturns(Side side) throws VdiException {
        try (Rig rig = rig(1).begin()) {
            assertThat(
                            Walk.whileBlocked(
                                    () -> rig.client.getConfiguration(ClientDeviceSet.INFINITE),
                                    () -> side.abort(rig)))
                    .isEqualTo(VdiStatus.ABORT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort9_everyBlockedGetCommandOnEveryDeviceReturns(Side side) throws VdiException {
        try (Rig rig = rig(8).activate()) {
            List<Running<Command>> fetchers = new ArrayList<>();
            int each = rig.has(Trait.SEVERAL_FETCHERS) ? 2 : 1;
            for (int i = 0; i < 8 * each; i++) {
                ClientDevice device = rig.clientDevices.get(i % 8);
                long timeout = i % 3 == 0 ? 3_600_000 : ClientDeviceSet.INFINITE;
                fetchers.add(Running.start("fetch", () -> device.getCommand(timeout)));
            }
            fetchers.forEach(Running::untilBlocked);
            side.abort(rig);
            for (Running<Command> fetcher : fetchers) {
                assertThat(fetcher.status()).isEqualTo(VdiStatus.ABORT);
            }
        }
    }

    /** The best of some tries: a machine may be busy, a client that looks now and then is not. */
    @ParameterizedTest
    @EnumSource
    void abort8and9_waitingCallsReturnWithinASecond(Side side) throws VdiException {
        long configuration = Long.MAX_VALUE;
        long command = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            try (Rig rig = rig(1).begin()) {
                configuration =
                        Math.min(
                                configuration,
                                nanosToAbort(rig, side, () -> rig.client.getConfiguration(-1)));
            }
            try (Rig rig = rig(1).activate()) {
                ClientDevice device = rig.clientDevices.getFirst();
                command = Math.min(command, nanosToAbort(rig, side, () -> device.getCommand(-1)));
            }
        }
        assertThat(configuration).isLessThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(command).isLessThan(TimeUnit.SECONDS.toNanos(1));
    }

    private static long nanosToAbort(Rig rig, Side side, Rig.Call call) throws VdiException {
        AtomicLong signalled = new AtomicLong();
        Rig.Call abort =
                () -> {
                    signalled.set(System.nanoTime());
                    side.abort(rig);
                };
        assertThat(Walk.whileBlocked(call, abort)).isEqualTo(VdiStatus.ABORT);
        return System.nanoTime() - signalled.get();
    }

    @ParameterizedTest
    @EnumSource
    void abort10_aQueuedCommandIsNeverSeenByTheClient(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent first = rig.write();
            Sent second = rig.control(CommandCode.FLUSH);
            side.abort(rig);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.clientDevices.getFirst().getCommand(0));
            if (rig.has(Trait.SEES_QUEUES)) {
                assertThat(rig.look().queued(0)).isZero();
            }
            assertThat(first.code()).isEqualTo(ABORTED);
            assertThat(second.code()).isEqualTo(ABORTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort10_itOutranksAPendingClose(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            rig.serverDevices.getFirst().closeDevice();
            side.abort(rig);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.clientDevices.getFirst().getCommand(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort11_openDeviceIsRefused(Side side) throws VdiException {
        try (Rig rig = rig(1).configure()) {
            rig.server.openDevice(rig.name);
            side.abort(rig);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.client.openDevice(rig.name));
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort12_aLateCompletionIsRefusedAndIgnoredByTheServer(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = rig.write();
            Command inHand = rig.fetch();
            side.abort(rig);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.complete(inHand, 0));
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            assertThat(sent.code()).isEqualTo(ABORTED);
            assertThat(sent.command.bytesTransferred()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort13_getConfigurationIsRefused(Side side) throws VdiException {
        try (Rig rig = rig(1).configure()) {
            side.abort(rig);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.client.getConfiguration(-1));
            Rig.assertStatus(VdiStatus.ABORT, rig.server::getConfiguration);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort14_itStaysUntilClose(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            rig.write();
            Command inHand = rig.fetch();
            side.abort(rig);
            ClientDevice device = rig.clientDevices.getFirst();
            for (int i = 0; i < 3; i++) {
                Rig.assertStatus(VdiStatus.ABORT, () -> device.getCommand(0));
                Rig.assertStatus(VdiStatus.ABORT, () -> rig.complete(inHand, 0));
                Rig.assertStatus(VdiStatus.ABORT, () -> rig.client.openDevice(rig.name));
                Rig.assertStatus(VdiStatus.ABORT, () -> rig.client.getConfiguration(0));
            }
            rig.client.close();
            Rig.assertStatus(VdiStatus.PROTOCOL, () -> device.getCommand(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort15_noCloseIsDeliveredAnyMore(Side side) throws VdiException {
        try (Rig rig = rig(2).activate()) {
            ClientDevice device = rig.clientDevices.getFirst();
            rig.serverDevices.getFirst().closeDevice();
            Rig.assertStatus(VdiStatus.CLOSE, () -> device.getCommand(0));
            side.abort(rig);
            Rig.assertStatus(VdiStatus.ABORT, () -> device.getCommand(0));
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.clientDevices.getLast().getCommand(-1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort16_aSendIsRejectedAndCalledBackOnTheSendersThread(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = new Sent();
            SharedBuffer buffer = rig.server.allocateBuffer(Rig.TRANSFER, 0);
            sent.command.transfer(CommandCode.WRITE, buffer, Rig.TRANSFER);
            side.abort(rig);
            ServerDevice device = rig.serverDevices.getFirst();
            Rig.assertStatus(VdiStatus.ABORT, () -> device.sendCommand(sent.command));
            assertThat(sent.code()).isEqualTo(ABORTED);
            assertThat(sent.calledBack.join()).isSameAs(Thread.currentThread());
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort17_outstandingCommandsCompleteWith995(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            List<Sent> all = new ArrayList<>();
            all.add(rig.write());
            all.add(rig.write());
            rig.fetch();
            rig.fetch();
            all.add(rig.write());
            all.add(rig.control(CommandCode.GET_POSITION));
            side.abort(rig);
            for (Sent sent : all) {
                assertThat(sent.code()).isEqualTo(ABORTED);
                assertThat(sent.command.bytesTransferred()).isZero();
                assertThat(sent.command.outPosition()).isZero();
                assertThat(sent.calledBack.join()).isSameAs(rig.agent().thread);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort18_aCommandCompletedBeforeTheAbortKeepsItsCode(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            CountDownLatch inRoutine = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            ServerCommand slow =
                    new ServerCommand(
                            done -> {
                                inRoutine.countDown();
                                Running.await(release);
                            });
            rig.serverDevices.getFirst().sendCommand(slow.control(CommandCode.FLUSH));
            rig.complete(rig.fetch(), 0);
            Running.await(inRoutine);
            Sent done = rig.write();
            Sent open = rig.write();
            rig.complete(rig.fetch(), 0);
            side.abort(rig);
            release.countDown();
            assertThat(done.code()).isZero();
            assertThat(done.command.bytesTransferred()).isEqualTo(Rig.TRANSFER);
            assertThat(open.code()).isEqualTo(ABORTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort19_theAgentDeliversAllRoutinesAndThenReturns(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            List<Sent> all = new ArrayList<>();
            for (int i = 0; i < Rig.BUFFERS; i++) {
                all.add(rig.write());
            }
            rig.fetch();
            rig.agent().untilBlocked();
            side.abort(rig);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            assertThat(all).allSatisfy(sent -> assertThat(sent.calledBack).isDone());
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort20_noBufferIsHandedOutAnyMore(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            side.abort(rig);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.server.allocateBuffer(Rig.TRANSFER, 0));
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.server.requestBuffers(Rig.TRANSFER, 0, 1));
            Rig.assertStatus(
                    VdiStatus.ABORT, () -> rig.server.queryAvailableBuffers(Rig.TRANSFER, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort21_configuringIsRefused(Side side) throws VdiException {
        try (Rig rig = rig(1).connect()) {
            side.abort(rig);
            ServerConfiguration values =
                    new ServerConfiguration(Features.WRITE_MEDIA, 0, 512, 65536, 0);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.server.beginConfiguration(values));
        }
        try (Rig rig = rig(1).begin()) {
            side.abort(rig);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.server.requestBuffers(Rig.TRANSFER, 0, 1));
            Rig.assertStatus(VdiStatus.ABORT, rig.server::endConfiguration);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort22_closeDeviceDoesNothing(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            side.abort(rig);
            Rig.assertStatus(VdiStatus.ABORT, rig.serverDevices.getFirst()::closeDevice);
            rig.server.close();
        }
    }

    @Test
    void abort23_aServerFindsNoAbortedAndNoVanishedSet() throws VdiException {
        try (Rig rig = rig(1).create()) {
            rig.client.signalAbort();
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.server.open(null, rig.name));
            rig.client.close();
            Rig.assertStatus(VdiStatus.INVALID, () -> rig.server.open(null, rig.name));
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort24_eachSideKeepsItsBuffersUntilItsOwnClose(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            rig.write();
            ByteBuffer clients = rig.fetch().buffer();
            ByteBuffer servers = rig.hold().held().data();
            side.abort(rig);
            rig.server.close();
            clients.putInt(0, 1);
            assertThat(clients.getInt(0)).isEqualTo(1);
            assertThatIllegalStateException().isThrownBy(() -> servers.getInt(0));
            assertThat(rig.closeClient()).isEqualTo(VdiStatus.NOERROR);
            assertThatIllegalStateException().isThrownBy(() -> clients.getInt(0));
        }
    }

    @Test
    void abort24_theServersBuffersOutliveTheClientsClose() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            ByteBuffer servers = rig.hold().held().data();
            Rig.assertStatus(VdiStatus.OPEN, rig.client::close);
            servers.putInt(0, 1);
            assertThat(servers.getInt(0)).isEqualTo(1);
            rig.server.close();
            assertThatIllegalStateException().isThrownBy(() -> servers.getInt(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort25_aLateWriteDoesNoHarmAndIsNotSeenAsData(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = new Sent();
            SharedBuffer buffer = rig.server.allocateBuffer(Rig.TRANSFER, 0);
            sent.command.transfer(CommandCode.READ, buffer, Rig.TRANSFER);
            rig.serverDevices.getFirst().sendCommand(sent.command);
            Command inHand = rig.fetch();
            side.abort(rig);
            assertThat(sent.code()).isEqualTo(ABORTED);
            rig.server.freeBuffer(buffer, Rig.TRANSFER);
            inHand.buffer().putLong(0, 42);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.complete(inHand, 0));
            assertThat(sent.command.bytesTransferred()).isZero();
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.server.allocateBuffer(Rig.TRANSFER, 0));
        }
    }

    @Test
    void abort26_afterTheServersCloseItsBuffersAreGoneForItAlone() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = rig.write();
            Command inHand = rig.fetch();
            rig.server.signalAbort();
            rig.server.close();
            SharedBuffer buffer = Objects.requireNonNull(sent.command.buffer());
            assertThatIllegalStateException().isThrownBy(buffer::data);
            inHand.buffer().putLong(0, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort27_closeAfterAnAbortSucceeds(Side side) throws VdiException {
        Rig rig = rig(2).activate();
        rig.write();
        rig.fetch();
        side.abort(rig);
        assertThat(rig.closeClient()).isEqualTo(VdiStatus.NOERROR);
        rig.server.close();
        assertThat(rig.clientState()).isEqualTo(DeviceSetState.DOES_NOT_EXIST);
        assertThat(rig.serverState()).isEqualTo(DeviceSetState.DOES_NOT_EXIST);
    }

    @Test
    void abort28_aClientThatClosesOpenDevicesAbortsTheSet() throws VdiException {
        try (Rig rig = rig(2).activate()) {
            Sent queued = rig.write();
            rig.serverDevices.getLast().closeDevice();
            Rig.assertStatus(VdiStatus.OPEN, rig.client::close);
            assertThat(rig.clientState()).isEqualTo(DeviceSetState.DOES_NOT_EXIST);
            assertThat(rig.serverState()).isEqualTo(DeviceSetState.ABNORMALLY_TERMINATED);
            assertThat(queued.code()).isEqualTo(ABORTED);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
        }
    }

    @Test
    void abort28_aDeviceIsOpenUntilItsEndWasSeen() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            rig.serverDevices.getFirst().closeDevice();
            Rig.assertStatus(VdiStatus.OPEN, rig.client::close);
        }
    }

    @Test
    void abort29_aSecondCloseIsHarmless() throws VdiException {
        try (Rig rig = rig(1)) {
            Rig.assertStatus(VdiStatus.PROTOCOL, rig.client::close);
            rig.activate().finish();
            rig.client.close();
            Rig.assertStatus(VdiStatus.PROTOCOL, rig.client::close);
            assertThat(rig.serverState()).isEqualTo(DeviceSetState.NORMALLY_TERMINATED);
        }
    }

    @Test
    void abort30_anAttachedServerSeesAnEarlyCloseAsAbort() throws VdiException {
        try (Rig rig = rig(1).begin()) {
            rig.client.close();
            assertThat(rig.serverState()).isEqualTo(DeviceSetState.ABNORMALLY_TERMINATED);
        }
        try (Rig rig = rig(1).configure()) {
            rig.client.close();
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.server.openDevice(rig.name));
        }
    }

    @Test
    void abort31_aServerThatClosesOpenDevicesAbortsAndAnswersEverything() throws VdiException {
        try (Rig rig = rig(2).activate()) {
            Sent fetched = rig.write();
            Command inHand = rig.fetch();
            Sent queued = rig.write();
            Rig.assertStatus(VdiStatus.PROTOCOL, rig.server::close);
            for (Sent sent : List.of(fetched, queued)) {
                assertThat(sent.code()).isEqualTo(ABORTED);
                assertThat(sent.calledBack.join()).isSameAs(rig.agent().thread);
            }
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            ServerDevice dead = rig.serverDevices.getFirst();
            Rig.assertStatus(VdiStatus.PROTOCOL, dead::closeDevice);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.complete(inHand, 0));
        }
    }

    @Test
    void abort32_closeReleasesEverythingAlsoWhenItFails() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            SharedBuffer held = rig.hold().held();
            ByteBuffer data = held.data();
            Rig.assertStatus(VdiStatus.PROTOCOL, rig.server::close);
            assertThatIllegalStateException().isThrownBy(() -> data.get(0));
            assertThatIllegalStateException().isThrownBy(held::data);
            assertThat(rig.server.isSharedBuffer(data)).isFalse();
            rig.client.close();
            rig.another().activate().finish().close();
        }
    }

    @Test
    void abort33_closeReturnsOnlyWhenNoThreadIsInsideADeviceCall() throws VdiException {
        try (Rig rig = rig(4).activate()) {
            List<Running<Command>> fetchers = new ArrayList<>();
            for (ClientDevice device : rig.clientDevices) {
                fetchers.add(Running.start("fetch", () -> device.getCommand(-1)).untilBlocked());
            }
            Rig.assertStatus(VdiStatus.OPEN, rig.client::close);
            for (Running<Command> fetcher : fetchers) {
                assertThat(fetcher.status()).isEqualTo(VdiStatus.ABORT);
            }
        }
    }

    @Test
    void abort33_closeWaitsForIoOnABuffer() throws VdiException, IOException {
        try (Rig rig = rig(1).activate()) {
            rig.write();
            ByteBuffer buffer = rig.fetch().buffer();
            Pipe pipe = Pipe.open();
            fill(pipe);
            Running<Integer> io = Running.start("io", () -> pipe.sink().write(buffer));
            awaitInside(io, "write0");
            Running<VdiStatus> close =
                    Running.start("close", () -> Rig.statusOf(rig.client::close));
            close.untilBlocked();
            assertThat(io.isDone()).isFalse();
            assertThat(close.isDone()).isFalse();
            drain(pipe, io);
            assertThat(io.result()).isPositive();
            rig.giveBack();
            assertThat(close.result()).isEqualTo(VdiStatus.OPEN);
        }
    }

    private static void fill(Pipe pipe) throws IOException {
        pipe.sink().configureBlocking(false);
        while (pipe.sink().write(ByteBuffer.allocate(4096)) > 0) {
            Thread.onSpinWait();
        }
        pipe.sink().configureBlocking(true);
    }

    private static void drain(Pipe pipe, Running<?> writer) throws IOException {
        pipe.source().configureBlocking(false);
        ByteBuffer sink = ByteBuffer.allocate(65536);
        while (!writer.isDone()) {
            pipe.source().read(sink.clear());
        }
    }

    private static void awaitInside(Running<?> running, String method) {
        while (Arrays.stream(running.thread.getStackTrace())
                .noneMatch(frame -> frame.getMethodName().startsWith(method))) {
            assertThat(running.isDone()).isFalse();
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource
    void abort34_theSameObjectsWorkAgainWithoutATraceOfTheAbort(Side side) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            rig.write();
            side.abort(rig);
            rig.client.close();
            rig.server.close();
            rig.serverDevices.clear();
            rig.clientDevices.clear();
            rig.activate().useABuffer().finish();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
            rig.client.close();
            rig.server.close();
        }
    }

    @Test
    void abort35_theServersCloseReturnsOnlyAfterTheAgent() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            CountDownLatch inRoutine = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            ServerCommand slow =
                    new ServerCommand(
                            done -> {
                                inRoutine.countDown();
                                Running.await(release);
                            });
            rig.serverDevices.getFirst().sendCommand(slow.control(CommandCode.FLUSH));
            rig.complete(rig.fetch(), 0);
            Running.await(inRoutine);
            Running<VdiStatus> close =
                    Running.start("close", () -> Rig.statusOf(rig.server::close));
            close.untilBlocked();
            assertThat(close.isDone()).isFalse();
            release.countDown();
            assertThat(close.result()).isEqualTo(VdiStatus.PROTOCOL);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
        }
    }

    @Test
    void abort35_aRoutineThatClosesTheServerRunsTheOthersFirst() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            List<VdiStatus> seen = new ArrayList<>();
            ServerCommand closing =
                    new ServerCommand(done -> seen.add(Rig.statusOf(rig.server::close)));
            rig.serverDevices.getFirst().sendCommand(closing.control(CommandCode.FLUSH));
            Sent other = rig.write();
            rig.complete(rig.fetch(), 0);
            assertThat(rig.agent().status()).isIn(VdiStatus.ABORT, VdiStatus.PROTOCOL);
            assertThat(seen).containsExactly(VdiStatus.PROTOCOL);
            assertThat(other.code()).isEqualTo(ABORTED);
            assertThat(rig.serverState()).isEqualTo(DeviceSetState.DOES_NOT_EXIST);
        }
    }

    @Test
    void abort19_aRoutineThatThrowsAbortsTheSetAndTheOthersStillRun() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            ServerCommand bad =
                    new ServerCommand(
                            done -> {
                                throw new IllegalStateException("routine failed");
                            });
            rig.serverDevices.getFirst().sendCommand(bad.control(CommandCode.FLUSH));
            Sent other = rig.write();
            rig.complete(rig.fetch(), 0);
            assertThat(other.code()).isEqualTo(ABORTED);
            assertThat(rig.agent().failure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("routine failed");
            assertAborted(rig);
        }
    }

    @Test
    void abort37_aSecondaryThatLeavesWithoutADeviceDisturbsNobody() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            ClientDeviceSet second = rig.secondary();
            second.close();
            assertThat(rig.useABuffer().finish().clientState())
                    .isEqualTo(DeviceSetState.NORMALLY_TERMINATED);
        }
    }

    @Test
    void abort37_aSecondaryCanLeaveWhileItWaitsForADevice() throws VdiException {
        try (Rig rig = rig(1).configure()) {
            ClientDeviceSet second = rig.secondary();
            Running<ClientDevice> opening =
                    Running.start("opening", () -> second.openDevice(rig.name)).untilBlocked();
            Running<VdiStatus> closing =
                    Running.start("closing", () -> Rig.statusOf(second::close));
            assertThat(closing.result()).isEqualTo(VdiStatus.NOERROR);
            if (rig.has(Trait.CLOSE_ENDS_WAITS_ALONE)) {
                assertThat(opening.status()).isEqualTo(VdiStatus.PROTOCOL);
                rig.openAndStart().useABuffer().finish();
            } else {
                assertThat(opening.status()).isEqualTo(VdiStatus.ABORT);
                assertAborted(rig);
            }
        }
    }

    @Test
    void abort37_thePrimaryEndsAllWhenItMissesASecondary() throws VdiException {
        try (Rig rig = rig(1).configure()) {
            rig.server.openDevice(rig.name);
            ClientDeviceSet second = rig.secondary();
            ClientDevice device = second.openDevice(rig.name);
            rig.client.signalAbort();
            Rig.assertStatus(VdiStatus.ABORT, () -> device.getCommand(-1));
            assertAborted(rig);
            second.close();
        }
    }

    @Test
    void abort38_aSecondariesAbortEndsEverybodysWork() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            ClientDeviceSet second = rig.secondary();
            Sent sent = rig.write();
            second.signalAbort();
            assertAborted(rig);
            assertThat(sent.code()).isEqualTo(ABORTED);
            Rig.assertStatus(VdiStatus.ABORT, () -> second.getConfiguration(0));
            second.close();
        }
    }

    @Test
    void abort38_aSecondaryThatClosesAnOpenDeviceAbortsTheSet() throws VdiException {
        try (Rig rig = rig(2).configure()) {
            rig.server.openDevice(rig.name);
            rig.server.openDevice(rig.deviceName(1));
            ClientDeviceSet second = rig.secondary();
            second.openDevice(rig.deviceName(1));
            Rig.assertStatus(VdiStatus.OPEN, second::close);
            assertAborted(rig);
        }
    }

    @Test
    void abort40_aTimeOutIsNoAbortAndChangesNothing() throws VdiException {
        try (Rig rig = rig(1).begin()) {
            assertThat(rig.client.getConfiguration(1)).isNull();
            assertThat(rig.clientState()).isEqualTo(DeviceSetState.CONFIGURABLE);
        }
        try (Rig rig = rig(1).activate()) {
            assertThat(rig.clientDevices.getFirst().getCommand(1)).isNull();
            assertThat(rig.clientState()).isEqualTo(DeviceSetState.ACTIVE);
            rig.useABuffer().finish();
        }
    }

    @Test
    void abort41_aClientThatMerelyStopsFetchingLeavesTheServerWaitingUntilClose()
            throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = rig.write();
            rig.fetch();
            rig.agent().untilBlocked();
            assertThat(sent.calledBack).isNotDone();
            assertThat(rig.serverState()).isEqualTo(DeviceSetState.ACTIVE);
            assertThat(rig.closeClient()).isEqualTo(VdiStatus.OPEN);
            assertThat(sent.code()).isEqualTo(ABORTED);
        }
    }

    @Test
    void abort43_aFailingCodeEndsWithCloseAndNotWithAbort() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = rig.write();
            rig.complete(rig.fetch(), 112);
            assertThat(sent.code()).isEqualTo(112);
            rig.finish();
            assertThat(rig.clientState()).isEqualTo(DeviceSetState.NORMALLY_TERMINATED);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    @Test
    void abort44_theClientsOrderLeavesNoBufferBehindAndCloseSucceeds() throws VdiException {
        Rig rig = rig(1).activate();
        rig.write();
        rig.write();
        Command first = rig.fetch();
        Command second = rig.fetch();
        rig.client.signalAbort();
        assertThat(rig.look().outstanding()).isEqualTo(2);
        Rig.assertStatus(VdiStatus.ABORT, () -> rig.complete(first, 0));
        Rig.assertStatus(VdiStatus.ABORT, () -> rig.complete(second, 0));
        assertThat(rig.look().outstanding()).isEqualTo(0);
        rig.client.close();
        rig.server.close();
    }

    @Test
    void abort45_aCancelledStatementShowsAsAbortOnTheDevices() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            assertThat(
                            Walk.whileBlocked(
                                    () -> rig.clientDevices.getFirst().getCommand(-1),
                                    rig.server::signalAbort))
                    .isEqualTo(VdiStatus.ABORT);
        }
        try (Rig rig = rig(1).activate()) {
            assertThat(
                            Walk.whileBlocked(
                                    () -> rig.clientDevices.getFirst().getCommand(-1),
                                    () -> Rig.assertStatus(VdiStatus.PROTOCOL, rig.server::close)))
                    .isEqualTo(VdiStatus.ABORT);
        }
    }

    @Test
    void anInterruptDoesNotEndAWaitAndIsKept() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Running<Boolean> fetching =
                    Running.start(
                            "interrupted",
                            () -> {
                                Thread.currentThread().interrupt();
                                rig.await(0);
                                return Thread.currentThread().isInterrupted();
                            });
            fetching.untilBlocked();
            rig.write();
            assertThat(fetching.result()).isTrue();
        }
    }

    @Test
    void aSetWithoutServerIsAbortedForItsWaitingClient() throws VdiException {
        try (Rig rig = rig(1).create()) {
            assertThat(
                            Walk.whileBlocked(
                                    () -> rig.client.getConfiguration(-1), rig.client::signalAbort))
                    .isEqualTo(VdiStatus.ABORT);
        }
    }
}
