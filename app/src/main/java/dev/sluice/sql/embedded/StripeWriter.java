package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.MtfWriter;
import dev.sluice.vdi.protocol.CommandCode;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Fills transfer buffers with the stream of one media family and sends them. The stream is a
 * sequence of slots; every buffer but the last is filled to its end, so that every transfer is a
 * multiple of the block size. One thread.
 */
final class StripeWriter {

    private static final int SLOT = MtfWriter.SLOT;

    private final MtfWriter mtf;
    private final DeviceChannel channel;
    private final TransferPool pool;
    private final Operation operation;
    private final Progress progress;
    private final int size;
    private @Nullable Transfer current;
    private int filled;
    private long pages;

    /**
     * Pages in the current buffer; said when the client has stored them, not when they are read.
     */
    private int unsaid;

    StripeWriter(
            MtfWriter mtf,
            DeviceChannel channel,
            DeviceSet set,
            Operation operation,
            Progress progress) {
        this.mtf = mtf;
        this.channel = channel;
        this.pool = set.pool();
        this.size = set.maxTransferSize();
        this.operation = operation;
        this.progress = progress;
    }

    /** Pages written so far. */
    long pages() {
        return pages;
    }

    /** Copies slots that were made elsewhere into the stream. */
    void slots(ByteBuffer slots) throws DeviceFailure, Operation.StoppedException {
        while (slots.hasRemaining()) {
            Transfer transfer = current();
            int count = Math.min(slots.remaining(), size - filled);
            transfer.data().put(filled, slots, slots.position(), count);
            slots.position(slots.position() + count);
            advance(filled + count);
        }
    }

    /** Writes every page of a source, in pieces that end where a transfer ends. */
    void pages(PageSource source) throws IOException, DeviceFailure, Operation.StoppedException {
        while (piece(current(), source)) {
            operation.check();
        }
    }

    private boolean piece(Transfer transfer, PageSource source)
            throws IOException, DeviceFailure, Operation.StoppedException {
        ByteBuffer data = transfer.data();
        int at = filled + SLOT;
        while (at < size && source.next(data, at)) {
            at += SLOT;
        }
        data.clear();
        int count = (at - filled) / SLOT - 1;
        if (count == 0) {
            return false;
        }
        seal(data, count);
        pages += count;
        unsaid += count;
        advance(at);
        return true;
    }

    private void seal(ByteBuffer data, int count) {
        mtf.beginPiece(data, filled, count);
        for (int i = 1; i <= count; i++) {
            mtf.sealPage(data, filled + i * SLOT);
        }
    }

    /**
     * Takes what is in the unsent buffer aside and gives the buffer back, for the time of a wait:
     * other devices may need it to come as far. To be put back with {@link #slots}.
     */
    ByteBuffer putAside() {
        ByteBuffer aside = ByteBuffer.allocate(current == null ? 0 : filled);
        if (current != null) {
            aside.put(0, current.data(), 0, filled);
        }
        abandon();
        return aside;
    }

    /** Sends what is left in the last buffer. */
    void finish() throws DeviceFailure, Operation.StoppedException {
        if (filled > 0) {
            send();
        }
    }

    /** Gives back a buffer that will not be sent any more. */
    void abandon() {
        if (current != null) {
            current.release();
            current = null;
            filled = 0;
        }
    }

    private Transfer current() throws Operation.StoppedException {
        if (current == null) {
            current = pool.take();
            filled = 0;
        }
        return current;
    }

    private void advance(int newFilled) throws DeviceFailure, Operation.StoppedException {
        filled = newFilled;
        if (filled == size) {
            send();
        }
    }

    private void send() throws DeviceFailure, Operation.StoppedException {
        Transfer transfer = current();
        int bytes = filled;
        transfer.countOnSuccess(progress, unsaid);
        unsaid = 0;
        // given away before the send: when that is refused, the completion routine gives it back,
        // and given back twice it would go to two devices at once
        current = null;
        filled = 0;
        channel.send(transfer, CommandCode.WRITE, bytes);
    }
}
