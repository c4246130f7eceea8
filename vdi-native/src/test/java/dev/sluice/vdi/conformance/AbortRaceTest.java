package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.Rig.Call;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerDevice;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;

/**
 * ABORT-18 under fire: whatever the race, each command gets exactly one callback, and its code is
 * the client's own exactly when the client was told so.
 */
class AbortRaceTest extends Conformance {

    private static final int STORMS = 60;
    private static final int ABORTED = 995;
    private static final int GONE = 6;
    private static final int IN_FLIGHT = 32;

    @ParameterizedTest
    @EnumSource
    void abort18_anAbortRacingACompletionGivesOneCallbackThatBothSidesAgreeOn(Side side)
            throws VdiException {
        int completed = 0;
        int rounds = ends().races();
        for (int round = 0; round < rounds; round++) {
            // whoever comes last to the barrier has the better start, so they take turns
            completed += race(side, round % 2 == 0) ? 1 : 0;
        }
        // both outcomes must have been met, or this was no race
        assertThat(completed).isBetween(1, rounds - 1);
    }

    /** One race; true when the completion came first. */
    private boolean race(Side side, boolean completionStartsFirst) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent sent = rig.control(CommandCode.FLUSH);
            Command command = rig.fetch();
            CyclicBarrier together = new CyclicBarrier(2);
            Call complete = () -> rig.complete(command, 0);
            Call abort = () -> side.abort(rig);
            Running<VdiStatus> first = racer(completionStartsFirst ? complete : abort, together);
            Running<VdiStatus> second = racer(completionStartsFirst ? abort : complete, together);
            VdiStatus completion = (completionStartsFirst ? first : second).result();
            VdiStatus aborting = (completionStartsFirst ? second : first).result();
            assertThat(aborting).isEqualTo(VdiStatus.NOERROR);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            assertThat(sent.code()).isEqualTo(completion == VdiStatus.NOERROR ? 0 : ABORTED);
            return completion == VdiStatus.NOERROR;
        }
    }

    private static Running<VdiStatus> racer(Call call, CyclicBarrier together) {
        return Running.start(
                "racer",
                () -> {
                    together.await();
                    return Rig.statusOf(call);
                });
    }

    @ParameterizedTest
    @EnumSource
    void abort18_anAbortInFullTrafficGivesEachSendOneCallback(Side side) throws VdiException {
        for (int storm = 0; storm < STORMS; storm++) {
            storm(rig -> side.abort(rig), storm);
        }
    }

    @Test
    void abort31_aServersCloseInFullTrafficGivesEachSendOneCallback() throws VdiException {
        for (int storm = 0; storm < STORMS; storm++) {
            storm(rig -> Rig.assertStatus(VdiStatus.PROTOCOL, rig.server::close), storm);
        }
    }

    @Test
    void abort28_aClientsCloseInFullTrafficGivesEachSendOneCallback() throws VdiException {
        for (int storm = 0; storm < STORMS; storm++) {
            storm(rig -> Rig.assertStatus(VdiStatus.OPEN, rig.client::close), storm);
        }
    }

    /** What ends the traffic. */
    private interface End {
        void of(Rig rig) throws VdiException;
    }

    private void storm(End end, int commandsBefore) throws VdiException {
        int devices = 3;
        try (Rig rig = rig(devices).activate()) {
            CountDownLatch warm = new CountDownLatch(devices);
            List<Running<List<Sent>>> senders = new ArrayList<>();
            List<Running<VdiStatus>> fetchers = new ArrayList<>();
            for (int i = 0; i < devices; i++) {
                ServerDevice out = rig.serverDevices.get(i);
                ClientDevice in = rig.clientDevices.get(i);
                senders.add(Running.start("send", () -> sendUntilRefused(out)));
                fetchers.add(Running.start("fetch", () -> serveUntilEnd(in, commandsBefore, warm)));
            }
            Running.await(warm);
            end.of(rig);
            for (Running<VdiStatus> fetcher : fetchers) {
                assertThat(fetcher.result()).isIn(VdiStatus.ABORT, VdiStatus.PROTOCOL);
            }
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            for (Running<List<Sent>> sender : senders) {
                assertThat(sender.result())
                        .isNotEmpty()
                        .allSatisfy(sent -> assertThat(sent.codeSoFar()).isIn(0, GONE, ABORTED));
            }
        }
    }

    private static List<Sent> sendUntilRefused(ServerDevice device) {
        List<Sent> all = new ArrayList<>();
        Semaphore room = new Semaphore(IN_FLIGHT);
        VdiStatus status = VdiStatus.NOERROR;
        while (status == VdiStatus.NOERROR) {
            room.acquireUninterruptibly();
            Sent sent = new Sent(room::release);
            all.add(sent);
            sent.command.control(CommandCode.FLUSH);
            status = Rig.statusOf(() -> device.sendCommand(sent.command));
        }
        return all;
    }

    private static VdiStatus serveUntilEnd(
            ClientDevice device, int commandsBefore, CountDownLatch warm) {
        int served = 0;
        while (true) {
            try {
                Command command = device.getCommand(-1);
                if (served++ == commandsBefore) {
                    warm.countDown();
                }
                if (command != null) {
                    device.completeCommand(command, 0, 0, 0);
                }
            } catch (VdiException end) {
                return end.status();
            }
        }
    }
}
