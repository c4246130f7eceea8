package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** The IO-ERROR state of a device, vdi-facts J.2 point by point. */
class DeviceErrorTest extends Conformance {

    private static final int WRITE_FAULT = 29;
    private static final int END_OF_DATA = 38;
    private static final int ABORTED = 995;
    private static final int DEVICE_ERROR = 1117;

    private Rig failed(int code) throws VdiException {
        Rig rig = rig(1).activate();
        Sent sent = rig.write();
        rig.complete(rig.fetch(), code);
        assertThat(sent.code()).isEqualTo(code);
        return rig;
    }

    private static void assertRefused(Rig rig) {
        Sent sent = new Sent();
        sent.command.control(CommandCode.FLUSH);
        Rig.assertStatus(
                VdiStatus.IO_ERROR, () -> rig.serverDevices.getFirst().sendCommand(sent.command));
        assertThat(sent.code()).isEqualTo(DEVICE_ERROR);
        assertThat(sent.calledBack.join()).isSameAs(Thread.currentThread());
    }

    @ParameterizedTest
    @ValueSource(ints = {WRITE_FAULT, 38, 50, 112, 1100})
    void j2point1and2_anyFailureRefusesTheNextSendOnTheCallingThread(int code) throws VdiException {
        try (Rig rig = failed(code)) {
            assertRefused(rig);
        }
    }

    @Test
    void j2point1_theOtherDevicesGoOn() throws VdiException {
        try (Rig rig = rig(2).activate()) {
            rig.write();
            rig.complete(rig.fetch(), WRITE_FAULT);
            Sent other = rig.control(1, CommandCode.FLUSH);
            rig.complete(rig.fetch(1), 0);
            assertThat(other.code()).isZero();
        }
    }

    @Test
    void j2point3_queuedCommandsCompleteWithIoDeviceAndAreNeverDelivered() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            Sent failing = rig.write();
            Sent queued = rig.write();
            Sent alsoQueued = rig.control(CommandCode.FLUSH);
            rig.complete(rig.fetch(), WRITE_FAULT);
            assertThat(failing.code()).isEqualTo(WRITE_FAULT);
            assertThat(queued.code()).isEqualTo(DEVICE_ERROR);
            assertThat(alsoQueued.code()).isEqualTo(DEVICE_ERROR);
            assertThat(queued.command.bytesTransferred()).isZero();
            assertThat(rig.clientDevices.getFirst().getCommand(0)).isNull();
        }
    }

    @Test
    void j2point4_clearErrorIsHeldBackUntilEveryFetchedCommandIsComplete() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            rig.write();
            Sent slow = rig.write();
            Command failing = rig.fetch();
            Command inHand = rig.fetch();
            rig.complete(failing, WRITE_FAULT);
            rig.control(CommandCode.CLEAR_ERROR);
            assertThat(rig.clientDevices.getFirst().getCommand(0)).isNull();
            Running<Command> fetching = Running.start("fetch", () -> rig.await(0));
            fetching.untilBlocked();
            rig.complete(inHand, 0);
            assertThat(slow.code()).as("a fetched command keeps its own code").isZero();
            assertThat(fetching.result().code()).isEqualTo(CommandCode.CLEAR_ERROR);
        }
    }

    /** As at the end of a restore's data, where every Read that is out meets the end. */
    @Test
    void j2point4_aHeldBackClearErrorOutlivesTheFailuresOfOtherFetchedCommands()
            throws VdiException {
        try (Rig rig = rig(1).activate()) {
            List<Command> inHand = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                rig.write();
                inHand.add(rig.fetch());
            }
            rig.complete(inHand.getFirst(), END_OF_DATA);
            Sent clear = rig.control(CommandCode.CLEAR_ERROR);
            rig.complete(inHand.get(1), END_OF_DATA);
            assertThat(rig.poll(0)).isNull();
            rig.complete(inHand.getLast(), END_OF_DATA);
            Command last = rig.fetch();
            assertThat(last.code()).isEqualTo(CommandCode.CLEAR_ERROR);
            rig.complete(last, 0);
            assertThat(clear.code()).isZero();
            rig.useABuffer().finish();
        }
    }

    @Test
    void j2point4_anAbortAnswersAHeldBackClearError() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            rig.write();
            rig.write();
            Command failing = rig.fetch();
            Command inHand = rig.fetch();
            rig.complete(failing, WRITE_FAULT);
            Sent clear = rig.control(CommandCode.CLEAR_ERROR);
            rig.server.signalAbort();
            assertThat(clear.code()).isEqualTo(ABORTED);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.complete(inHand, 0));
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.poll(0));
        }
    }

    @Test
    void j2point5_aSuccessfulClearErrorBringsTheDeviceBack() throws VdiException {
        try (Rig rig = failed(WRITE_FAULT)) {
            Sent clear = rig.control(CommandCode.CLEAR_ERROR);
            assertRefused(rig);
            rig.complete(rig.fetch(), 0);
            assertThat(clear.code()).isZero();
            rig.useABuffer().finish();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    @Test
    void j2point5_aFailedClearErrorLeavesTheErrorAndMayBeRepeated() throws VdiException {
        try (Rig rig = failed(WRITE_FAULT)) {
            Sent first = rig.control(CommandCode.CLEAR_ERROR);
            rig.complete(rig.fetch(), 21);
            assertThat(first.code()).isEqualTo(21);
            assertRefused(rig);
            rig.control(CommandCode.CLEAR_ERROR);
            rig.complete(rig.fetch(), 0);
            rig.useABuffer();
        }
    }

    @Test
    void j2point6_theServerMayCloseTheDeviceInstead() throws VdiException {
        try (Rig rig = failed(WRITE_FAULT)) {
            rig.finish();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    @Test
    void j2point6_theServerMayAbortInstead() throws VdiException {
        try (Rig rig = failed(WRITE_FAULT)) {
            rig.server.signalAbort();
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.clientDevices.getFirst().getCommand(0));
        }
    }

    @Test
    void aClearErrorWithoutErrorIsAnOrdinaryCommand() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            rig.write();
            rig.fetch();
            rig.control(CommandCode.CLEAR_ERROR);
            assertThat(rig.fetch().code()).isEqualTo(CommandCode.CLEAR_ERROR);
        }
    }
}
