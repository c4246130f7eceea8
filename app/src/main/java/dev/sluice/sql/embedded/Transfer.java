package dev.sluice.sql.embedded;

import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.SharedBuffer;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * A shared buffer and the command it travels in, used again and again. It belongs to the thread
 * that took it from the pool, then to the device set from the send until the completion routine.
 */
final class Transfer {

    private final SharedBuffer buffer;
    private final TransferPool pool;
    private final ServerCommand command = new ServerCommand(ignored -> completed());
    private @Nullable DeviceChannel channel;
    private boolean done;
    private @Nullable Progress progress;
    private int pages;

    Transfer(SharedBuffer buffer, TransferPool pool) {
        this.buffer = buffer;
        this.pool = pool;
    }

    ByteBuffer data() {
        return buffer.data();
    }

    ServerCommand prepare(DeviceChannel sender, CommandCode code, int size) {
        channel = sender;
        done = false;
        return command.transfer(code, buffer, size);
    }

    /** The next Write stores so many pages: they count as done when it has succeeded. */
    void countOnSuccess(Progress counter, int pagesInBuffer) {
        progress = counter;
        pages = pagesInBuffer;
    }

    ServerCommand command() {
        return command;
    }

    /** Gives the buffer back to the pool: by itself after a Write, by the reader after a Read. */
    void release() {
        pool.add(this);
    }

    /** Whether the command came back; guarded by the channel. */
    boolean isDone() {
        return done;
    }

    void setDone() {
        done = true;
    }

    private void completed() {
        if (progress != null && command.completionCode() == 0) {
            progress.add(pages);
        }
        if (channel != null) {
            channel.completed(this);
        }
        if (command.rawCode() == CommandCode.WRITE.number()) {
            release();
        }
    }
}
