package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.jna.DoubleControl.Moment;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;

/** Aborts that come inside the library's calls, where only the library can place them. */
class LibraryAbortTest extends NativeConformance {

    private static final int ABORTED = 995;

    private Rig abortedAtTheSecondCommand(Moment moment) throws VdiException {
        Rig rig = rig(1).activate();
        control().abortAt(rig.name, 0, 2, moment);
        return rig.useABuffer();
    }

    @Test
    void abort10_aCommandTheAbortMeetsInGetCommandIsNotDelivered() throws VdiException {
        try (Rig rig = abortedAtTheSecondCommand(Moment.BEFORE_FETCH)) {
            Sent sent = rig.write();
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.await(0));
            assertThat(rig.look().outstanding()).isZero();
            assertThat(sent.code()).isEqualTo(ABORTED);
            rig.client.close();
        }
    }

    @Test
    void abort24_aCommandDeliveredWithTheAbortKeepsItsBufferUntilItIsGivenBack()
            throws VdiException {
        try (Rig rig = abortedAtTheSecondCommand(Moment.IN_HANDS)) {
            Sent sent = rig.write();
            Command command = rig.await(0);
            assertThat(sent.code()).isEqualTo(ABORTED);
            Rig.assertStatus(VdiStatus.ABORT, rig.server::getConfiguration);
            command.buffer().putLong(0, 42);
            assertThat(command.buffer().getLong(0)).isEqualTo(42);
            assertThat(rig.look().outstanding()).isEqualTo(1);
            assertThat(rig.closeClient()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    @Test
    void abort12_aCompletionTheAbortMeetsIsRefusedAndGivesTheBufferBack() throws VdiException {
        try (Rig rig = abortedAtTheSecondCommand(Moment.AT_COMPLETION)) {
            Sent sent = rig.write();
            Command command = rig.await(0);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.complete(command, 0));
            assertThat(sent.code()).isEqualTo(ABORTED);
            assertThat(rig.look().outstanding()).isZero();
            rig.client.close();
        }
    }
}
