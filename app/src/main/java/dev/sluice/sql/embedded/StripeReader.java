package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.MtfHandler;
import dev.sluice.media.mtf.MtfReader;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/**
 * Reads the stream of one media family from its device, with several reads outstanding, and feeds
 * it to the reader of the format. One thread.
 */
final class StripeReader {

    private final MtfReader mtf;
    private final DeviceChannel channel;
    private final DeviceSet set;
    private final Operation operation;
    private final ReadSizes sizes;
    private final int depth;
    private final ArrayDeque<Transfer> inFlight = new ArrayDeque<>();
    private boolean ended;

    /**
     * @param depth reads that may be outstanding, 1 to {@link DeviceChannel#DEPTH}
     */
    StripeReader(
            MtfHandler handler,
            DeviceChannel channel,
            DeviceSet set,
            Operation operation,
            ReadSizes sizes,
            int depth) {
        this.mtf = new MtfReader(handler);
        this.channel = channel;
        this.set = set;
        this.operation = operation;
        this.sizes = sizes;
        this.depth = depth;
    }

    /**
     * Reads until enough was seen, and to the stream's end at most. All buffers are back in the
     * pool afterwards.
     *
     * @param enough asked between reads
     * @throws dev.sluice.media.mtf.MtfFormatException for a damaged or truncated stream
     */
    void read(BooleanSupplier enough)
            throws IOException, DeviceFailure, Operation.StoppedException {
        try {
            while (!ended && !mtf.complete() && !enough.getAsBoolean()) {
                operation.check();
                sendReads();
                takeRead();
            }
            if (!enough.getAsBoolean()) {
                mtf.finish();
            }
        } finally {
            channel.settle();
            inFlight.forEach(Transfer::release);
            inFlight.clear();
        }
    }

    /** Pages in the stream. */
    long pages() {
        return mtf.counts().pages();
    }

    /** As many reads as the device and the pool have room for; at least one must be under way. */
    private void sendReads() throws DeviceFailure, Operation.StoppedException {
        if (inFlight.isEmpty()) {
            send(set.pool().take());
        }
        while (inFlight.size() < depth) {
            Transfer transfer = set.pool().poll();
            if (transfer == null) {
                return;
            }
            send(transfer);
        }
    }

    private void send(Transfer transfer) throws DeviceFailure {
        inFlight.add(transfer);
        channel.send(
                transfer, CommandCode.READ, sizes.next(set.blockSize(), set.maxTransferSize()));
    }

    private void takeRead() throws IOException, DeviceFailure {
        Transfer transfer = inFlight.peek();
        if (transfer == null) {
            return;
        }
        channel.await(transfer);
        channel.check();
        inFlight.remove();
        try {
            feed(transfer);
        } finally {
            transfer.release();
        }
    }

    private void feed(Transfer transfer) throws IOException, DeviceFailure {
        int code = transfer.command().completionCode();
        if (code == CompletionCode.IO_DEVICE.number()) {
            // reads come in the order of the stream: no end of it was before this one
            throw new DeviceFailure(channel.name(), CommandCode.READ, code);
        }
        ended |= code != CompletionCode.SUCCESS.number();
        ByteBuffer data = transfer.data();
        mtf.feed(data.clear().limit(transfer.command().bytesTransferred()));
        data.clear();
    }
}
