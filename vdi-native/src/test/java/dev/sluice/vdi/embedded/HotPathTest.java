package dev.sluice.vdi.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.EmbeddedEnds;
import dev.sluice.vdi.conformance.Rig;
import dev.sluice.vdi.internal.Allocation;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.SharedBuffer;

import org.junit.jupiter.api.Test;

import java.util.Objects;
import java.util.concurrent.Semaphore;

/** In steady state a command costs no garbage on any of the three threads it passes. */
class HotPathTest {

    private static final int WARM_UP = 20_000;
    private static final int COMMANDS = 50_000;
    // room for what the JVM itself allocates now and then, far below one object per command
    private static final long ALLOWED = COMMANDS;

    @Test
    void allocatesNothingPerCommand() throws Exception {
        try (Rig rig = new EmbeddedEnds(new EmbeddedVdi()).rig(1).activate()) {
            Semaphore done = new Semaphore(0);
            ServerCommand command = new ServerCommand(completed -> done.release());
            pass(rig, command, done, WARM_UP);
            long ours = Allocation.of(Thread.currentThread());
            long agents = Allocation.of(rig.agent().thread);
            pass(rig, command, done, COMMANDS);
            assertThat(Allocation.of(Thread.currentThread()) - ours).isLessThan(ALLOWED);
            assertThat(Allocation.of(rig.agent().thread) - agents).isLessThan(ALLOWED);
        }
    }

    private static void pass(Rig rig, ServerCommand command, Semaphore done, int count)
            throws VdiException {
        ServerDevice server = rig.serverDevices.getFirst();
        ClientDevice client = rig.clientDevices.getFirst();
        for (int i = 0; i < count; i++) {
            SharedBuffer buffer = rig.server.allocateBuffer(Rig.TRANSFER, 0);
            server.sendCommand(command.transfer(CommandCode.WRITE, buffer, Rig.TRANSFER));
            Command fetched = Objects.requireNonNull(client.getCommand(-1));
            client.completeCommand(fetched, 0, fetched.buffer().remaining(), 0);
            while (!done.tryAcquire()) {
                Thread.onSpinWait();
            }
            rig.server.freeBuffer(buffer, Rig.TRANSFER);
        }
    }
}
