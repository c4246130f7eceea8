package dev.sluice.transfer;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.protocol.CompletionCode;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** Data commands in a worker's hands, in the order fetched, and their buffers. */
final class CommandBatch {

    /** A batch of this many bytes is large enough: more would only keep buffers from the server. */
    private static final long ENOUGH_BYTES = 1 << 20;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final @Nullable Command[] commands;
    private final ByteBuffer[] buffers;
    private int count;
    private long bytes;

    CommandBatch(int limit) {
        commands = new @Nullable Command[limit];
        buffers = new ByteBuffer[limit];
        Arrays.fill(buffers, NONE);
    }

    boolean hasRoom() {
        return count < commands.length && bytes < ENOUGH_BYTES;
    }

    void add(Command command) {
        commands[count++] = command;
        bytes += command.size();
    }

    int count() {
        return count;
    }

    Command command(int i) {
        return Objects.requireNonNull(commands[i]);
    }

    /** The buffers of all commands; valid until the commands are completed. */
    ByteBuffer[] openBuffers() {
        for (int i = 0; i < count; i++) {
            buffers[i] = command(i).buffer();
        }
        return buffers;
    }

    /** What a command may report as moved. A failed batch moved nothing the stream can rely on. */
    int transferred(int i, CompletionCode code) {
        return switch (code) {
            case SUCCESS -> command(i).size();
            case HANDLE_EOF, CRC -> buffers[i].position();
            default -> 0;
        };
    }

    /** Forgets commands and buffers: after completion they are the server's. */
    void clear() {
        Arrays.fill(commands, 0, count, null);
        Arrays.fill(buffers, 0, count, NONE);
        count = 0;
        bytes = 0;
    }
}
