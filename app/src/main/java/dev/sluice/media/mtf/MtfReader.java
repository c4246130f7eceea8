package dev.sluice.media.mtf;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads the stream of one media family as it arrives, in chunks of any size, and checks all of it:
 * the order of blocks, the checksum of every block and stream header, the checksums of streams and
 * pages. Pages that lie whole in a chunk are handed out in place. It ends with the first backup
 * set; what follows that is not looked at. One thread.
 */
public final class MtfReader {

    private final Steps.Step readHeader = this::header;
    private final Steps.Step readBlock = this::block;

    private final MtfHandler handler;
    private final BlockOrder order = new BlockOrder();
    private final HeaderDecoder headers = new HeaderDecoder();
    private final Counter counter = new Counter();
    private final Steps steps = new Steps(BlockLayout.SIZE, readHeader);
    private final StreamReader streams;
    private BlockType block = BlockType.TAPE;

    /**
     * @param handler called during {@link #feed}
     */
    public MtfReader(MtfHandler handler) {
        this.handler = handler;
        this.streams = new StreamReader(steps, handler, headers, counter, this::endBlock);
    }

    /**
     * Takes the next bytes of the stream, all that remain in the chunk. After a failure the reader
     * is of no more use.
     *
     * @param chunk its byte order does not matter; not kept
     * @throws MtfFormatException when the stream is damaged
     * @throws IOException from the handler
     */
    public void feed(ByteBuffer chunk) throws IOException {
        steps.feed(chunk);
        chunk.position(chunk.limit());
    }

    /** Looks at a block's common header, then again at all of its own part. */
    private int header(ByteBuffer data, int at) throws IOException {
        int tag = Le.i32(data, at + BlockLayout.TYPE);
        BlockType type = BlockType.of(tag);
        if (type == null) {
            throw steps.fault(
                    "\"%s\" is no block, expected %s".formatted(Tags.text(tag), order.expected()));
        }
        steps.requireChecksum(data, at, BlockLayout.CHECKSUM, "block " + type);
        order.accept(type, steps.position());
        block = type;
        counter.blocks++;
        steps.expect(size(data, at), readBlock);
        return Steps.AGAIN;
    }

    private int size(ByteBuffer data, int at) throws MtfFormatException {
        int size = Le.u16(data, at + BlockLayout.FIRST_STREAM);
        if (size < BlockLayout.SIZE) {
            throw steps.fault(
                    "block %s of %d bytes, expected at least %d"
                            .formatted(block, size, BlockLayout.SIZE));
        }
        return size;
    }

    private int block(ByteBuffer data, int at) throws IOException {
        int size = steps.wanted();
        headers.block(block, new Field(data, at, size, steps.position()));
        if (block != BlockType.SFMB) {
            streams.begin(block);
        } else if (order.complete()) {
            end();
        } else {
            steps.expect(BlockLayout.SIZE, readHeader);
        }
        return size;
    }

    private void endBlock() throws IOException {
        BackupHeader header = headers.header();
        if (block == BlockType.MSCI && header != null) {
            handler.header(header);
        }
        steps.expect(BlockLayout.SIZE, readHeader);
    }

    private void end() throws IOException {
        steps.stop();
        BackupHeader header = headers.header();
        if (header != null) {
            handler.ended(header);
        }
    }

    /**
     * Tells that the stream is over.
     *
     * @throws MtfFormatException when it was not complete
     */
    public void finish() throws MtfFormatException {
        if (!complete()) {
            throw new MtfFormatException(
                    "the stream ends in block %s, expected the rest of it and then one of %s"
                            .formatted(block, order.expected()),
                    steps.received());
        }
    }

    /** The closing filemark was read: nothing more is needed. */
    public boolean complete() {
        return steps.stopped();
    }

    /** The header as far as it is known; null before the configuration was read. */
    public @Nullable BackupHeader header() {
        return headers.header();
    }

    /** What was read so far. */
    public StreamCounts counts() {
        return counter.counts(steps.position());
    }
}
