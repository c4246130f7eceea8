package dev.sluice.vdi.jna.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.internal.Allocation;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.VdcCommandLayout;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** In steady state the guarded client makes no garbage per command. */
class HotPathTest {

    private static final int WARM_UP = 20_000;
    private static final int COMMANDS = 50_000;
    // room for what the JVM itself allocates now and then, far below one object per command
    private static final long ALLOWED = COMMANDS;
    private static final int BUFFERS = 10;

    /** A library that has a Write ready at any time, and itself allocates nothing for it. */
    private static final class Stream extends ScriptedBinding {

        private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

        private final Arena arena = Arena.global();
        private final long[] commands = new long[BUFFERS];
        private int turn;

        Stream(int beginResult) {
            super(beginResult);
            for (int i = 0; i < BUFFERS; i++) {
                MemorySegment command = arena.allocate(VdcCommandLayout.LENGTH, Long.BYTES);
                long data = arena.allocate(Client.SIZE, Client.SIZE).address();
                VdcCommandLayout.write(
                        new VdcCommandLayout.Fields(
                                CommandCode.WRITE.number(), Client.SIZE, 0, data),
                        command);
                commands[i] = command.address();
            }
        }

        @Override
        public synchronized int getCommand(long address, long timeoutMillis, long command) {
            turn = (turn + 1) % BUFFERS;
            MEMORY.set(ValueLayout.JAVA_LONG, command, commands[turn]);
            return 0;
        }

        @Override
        public synchronized int completeCommand(
                long device, long command, int completionCode, int bytes, long position) {
            return 0;
        }
    }

    @Test
    void allocatesNothingPerCommand() throws Exception {
        ScriptedLibrary library = new ScriptedLibrary(Stream::new);
        try (Client client = new Client(library).create(1).configure().open(1)) {
            pass(client, WARM_UP);
            long before = Allocation.of(Thread.currentThread());
            pass(client, COMMANDS);
            assertThat(Allocation.of(Thread.currentThread()) - before).isLessThan(ALLOWED);
        }
    }

    private static void pass(Client client, int count) throws VdiException {
        for (int i = 0; i < count; i++) {
            Command first = Objects.requireNonNull(client.device().getCommand(-1));
            Command second = Objects.requireNonNull(client.device().getCommand(-1));
            client.device().completeCommand(first, 0, first.buffer().remaining(), 0);
            client.device().completeCommand(second, 0, second.buffer().remaining(), 0);
        }
    }
}
