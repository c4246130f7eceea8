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

    /** Room for the records of some 30000 database files. */
    private static final int MAX_CONFIGURATION = 64 << 20;

    private static final int MAX_SMALL_STREAM = 1 << 16;

    /** Takes what was waited for; returns how much of it is done with: all, or 0 to look again. */
    @FunctionalInterface
    private interface Step {
        int take(ByteBuffer data, int at) throws IOException;
    }

    private final Step readBlockHeader = this::blockHeader;
    private final Step readBlock = this::block;
    private final Step readStreamHeader = this::streamHeader;
    private final Step readPage = this::page;
    private final Step readLog = this::log;
    private final Step readConfiguration = this::configuration;
    private final Step readFamily = this::family;
    private final Step readChecksum = this::checksum;

    private final MtfHandler handler;
    private final ChunkWindow window = new ChunkWindow();
    private final BlockOrder order = new BlockOrder();
    private final HeaderDecoder headers = new HeaderDecoder();
    private final StreamChecksum sum = new StreamChecksum();
    private final Counter counter = new Counter();

    private Step step = readBlockHeader;
    private int wanted = BlockLayout.SIZE;
    private long skip;
    private long position;
    private boolean complete;

    private BlockType block = BlockType.TAPE;
    private boolean blockSatisfied;
    private StreamHeader stream = new StreamHeader(Tags.SPAD, 0, 0);
    private long streamOffset;
    private long remaining;
    private Pieces pieces = Pieces.NONE;
    private boolean sumDue;
    private boolean sumKnown;

    /** How far the data of an MSDA block has come. */
    private enum Pieces {
        /** No piece yet. */
        NONE,
        /** More pieces follow. */
        OPEN,
        /** The last piece was seen. */
        ENDED
    }

    /** Numbers that become {@link StreamCounts}. */
    private static final class Counter {
        private int blocks;
        private int streams;
        private long pages;
        private long unformattedPages;
        private long checkedPages;
        private long damagedPages;
        private long logBytes;
        private int checkedStreams;
        private int damagedStreams;
    }

    /**
     * @param handler called during {@link #feed}
     */
    public MtfReader(MtfHandler handler) {
        this.handler = handler;
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
        window.begin(chunk);
        try {
            while (!complete && advance()) {
                // each step sets up the next
            }
        } finally {
            window.end();
        }
        chunk.position(chunk.limit());
    }

    private boolean advance() throws IOException {
        if (skip > 0) {
            int skipped = window.skip(skip);
            skip -= skipped;
            position += skipped;
            if (skip > 0) {
                return false;
            }
        }
        if (!window.has(wanted)) {
            return false;
        }
        int taken = wanted;
        if (step.take(window.data(), window.index()) == taken) {
            window.consume(taken);
            position += taken;
        }
        return true;
    }

    private void expect(int bytes, Step next) {
        wanted = bytes;
        step = next;
    }

    // blocks

    private int blockHeader(ByteBuffer data, int at) throws IOException {
        int tag = Le.i32(data, at + BlockLayout.TYPE);
        BlockType type = BlockType.of(tag);
        if (type == null) {
            throw fault(
                    "\"%s\" is no block, expected %s".formatted(Tags.text(tag), order.expected()));
        }
        requireChecksum(data, at, BlockLayout.CHECKSUM, "block " + type);
        order.accept(type, position);
        int size = Le.u16(data, at + BlockLayout.FIRST_STREAM);
        if (size < BlockLayout.SIZE) {
            throw fault(
                    "block %s of %d bytes, expected at least %d"
                            .formatted(type, size, BlockLayout.SIZE));
        }
        beginBlock(type);
        expect(size, readBlock);
        return 0;
    }

    private void beginBlock(BlockType type) {
        block = type;
        blockSatisfied = type != BlockType.TAPE && type != BlockType.MSCI;
        pieces = Pieces.NONE;
        counter.blocks++;
    }

    private int block(ByteBuffer data, int at) throws IOException {
        int size = wanted;
        headers.block(block, new Field(data, at, size, position));
        if (block != BlockType.SFMB) {
            expect(StreamLayout.SIZE, readStreamHeader);
        } else if (order.complete()) {
            end();
        } else {
            expect(BlockLayout.SIZE, readBlockHeader);
        }
        return size;
    }

    private void end() throws IOException {
        complete = true;
        BackupHeader header = headers.header();
        if (header != null) {
            handler.ended(header);
        }
    }

    private void endBlock() throws IOException {
        if (pieces == Pieces.OPEN) {
            throw fault("the data of block %s ends without a last piece".formatted(block));
        }
        if (!blockSatisfied) {
            throw fault(
                    "block %s has no %s stream"
                            .formatted(block, block == BlockType.TAPE ? "RAID" : "MQCI"));
        }
        BackupHeader header = headers.header();
        if (block == BlockType.MSCI && header != null) {
            handler.header(header);
        }
        expect(BlockLayout.SIZE, readBlockHeader);
    }

    // streams

    private int streamHeader(ByteBuffer data, int at) throws IOException {
        requireChecksum(data, at, StreamLayout.CHECKSUM, "a stream of block " + block);
        stream = StreamHeader.get(data, at);
        streamOffset = position;
        remaining = stream.length();
        counter.streams++;
        if (remaining < 0) {
            throw fault("stream %s of %d bytes".formatted(name(), remaining));
        }
        if (sumDue != (stream.id() == Tags.CSUM)) {
            throw fault(
                    "stream %s, expected %s"
                            .formatted(
                                    name(),
                                    sumDue
                                            ? "the checksum of the stream before"
                                            : "no checksum here"));
        }
        beginStream();
        return StreamLayout.SIZE;
    }

    private void beginStream() throws IOException {
        int id = stream.id();
        if (id == Tags.SPAD) {
            skip = remaining;
            endBlock();
        } else if (id == Tags.MQDA) {
            beginPages();
        } else if (id == Tags.MQTL) {
            beginLog();
        } else if (id == Tags.MQCI) {
            beginWhole(MAX_CONFIGURATION, readConfiguration, BlockType.MSCI, BlockType.MSLS);
        } else if (id == Tags.RAID) {
            beginWhole(MAX_SMALL_STREAM, readFamily, BlockType.TAPE, BlockType.TAPE);
        } else if (id == Tags.CSUM) {
            beginChecksum();
        } else {
            skip = remaining;
            endStream();
        }
    }

    /** A stream that is looked at when all of it is there. */
    private void beginWhole(int most, Step read, BlockType one, BlockType other)
            throws MtfFormatException {
        requirePlain(one, other);
        if (remaining < 1 || remaining > most) {
            throw fault(
                    "stream %s of %d bytes, expected 1 to %d".formatted(name(), remaining, most));
        }
        expect((int) remaining, read);
    }

    private void requirePlain(BlockType one, BlockType other) throws MtfFormatException {
        if (block != one && block != other) {
            throw fault("stream %s in block %s".formatted(name(), block));
        }
        if (stream.encryption() != 0 || stream.compression() != 0) {
            throw fault(
                    "stream %s is encrypted (%d) or compressed (%d) by the server, expected plain"
                            .formatted(name(), stream.encryption(), stream.compression()));
        }
    }

    /** Its last byte was taken, or will be skipped: the padding, then the next stream. */
    private void endStream() {
        long end = streamOffset + StreamLayout.SIZE + stream.length();
        skip += Alignment.up(end, StreamLayout.ALIGNMENT) - end;
        sumDue = stream.has(StreamLayout.CHECKSUMMED);
        expect(StreamLayout.SIZE, readStreamHeader);
    }

    private int family(ByteBuffer data, int at) throws IOException {
        int size = wanted;
        headers.raid(new Field(data, at, size, position));
        blockSatisfied = true;
        endStream();
        return size;
    }

    private int configuration(ByteBuffer data, int at) throws IOException {
        int size = wanted;
        headers.configuration(data, at, size, position);
        blockSatisfied = true;
        beginSum(size);
        if (sumKnown) {
            sum.add(data, at, size);
        }
        endStream();
        return size;
    }

    // data

    private void beginPages() throws MtfFormatException {
        requirePlain(BlockType.MSDA, BlockType.MSDA);
        if (pieces == Pieces.ENDED) {
            throw fault("data after its last piece");
        }
        boolean last = stream.has(StreamLayout.LAST_PIECE) || !stream.has(StreamLayout.VARIABLE);
        pieces = last ? Pieces.ENDED : Pieces.OPEN;
        if ((remaining - StreamLayout.LEAD) % PageLayout.SIZE != 0 && remaining != 0) {
            throw fault("data of %d bytes, expected 2 and whole pages".formatted(remaining));
        }
        beginData(PageLayout.SIZE, readPage);
    }

    private void beginLog() throws MtfFormatException {
        requirePlain(BlockType.MSTL, BlockType.MSTL);
        if (remaining != 0 && remaining < StreamLayout.LEAD) {
            throw fault("log of %d bytes, expected 0 or at least 2".formatted(remaining));
        }
        beginData((int) Math.min(PageLayout.SIZE, remaining - StreamLayout.LEAD), readLog);
    }

    private void beginData(int bytes, Step read) {
        remaining = Math.max(0, remaining - StreamLayout.LEAD);
        beginSum(remaining);
        skip = Math.min(StreamLayout.LEAD, stream.length());
        if (remaining == 0) {
            endStream();
        } else {
            expect(bytes, read);
        }
    }

    private int page(ByteBuffer data, int at) throws IOException {
        int plain = PageChecksum.sum(data, at);
        sum.addPage(plain);
        int expected = PageChecksum.fromSum(plain, PageLayout.checksum(data, at));
        count(data, at);
        switch (PageChecksum.verify(data, at, expected)) {
            case RIGHT -> {
                counter.checkedPages++;
                handler.page(data, at);
            }
            case NONE -> handler.page(data, at);
            case WRONG -> damagedPage(data, at, expected);
        }
        remaining -= PageLayout.SIZE;
        if (remaining == 0) {
            endStream();
        }
        return PageLayout.SIZE;
    }

    private void count(ByteBuffer data, int at) {
        counter.pages++;
        if (PageLayout.version(data, at) != PageLayout.HEADER_VERSION) {
            counter.unformattedPages++;
        }
    }

    private void damagedPage(ByteBuffer data, int at, int expected) throws IOException {
        counter.checkedPages++;
        counter.damagedPages++;
        handler.damaged(
                fault(
                        "page %d:%d has checksum 0x%08x, expected 0x%08x"
                                .formatted(
                                        PageLayout.file(data, at),
                                        PageLayout.page(data, at),
                                        PageLayout.checksum(data, at),
                                        expected)));
    }

    private int log(ByteBuffer data, int at) {
        int size = wanted;
        if (sumKnown) {
            sum.add(data, at, size);
        }
        counter.logBytes += size;
        remaining -= size;
        if (remaining == 0) {
            endStream();
        } else {
            expect((int) Math.min(PageLayout.SIZE, remaining), readLog);
        }
        return size;
    }

    // checksums

    private void beginSum(long bytes) {
        sum.reset();
        sumKnown = stream.has(StreamLayout.CHECKSUMMED) && bytes % SectorSum.SECTOR == 0;
    }

    private void beginChecksum() throws MtfFormatException {
        if (remaining != StreamLayout.CSUM_LENGTH) {
            throw fault(
                    "checksum of %d bytes, expected %d"
                            .formatted(remaining, StreamLayout.CSUM_LENGTH));
        }
        expect(StreamLayout.CSUM_LENGTH, readChecksum);
    }

    private int checksum(ByteBuffer data, int at) throws IOException {
        int found = Le.i32(data, at);
        if (sumKnown) {
            counter.checkedStreams++;
        }
        if (sumKnown && found != sum.value()) {
            counter.damagedStreams++;
            handler.damaged(
                    fault(
                            "the stream before has checksum 0x%08x, expected 0x%08x"
                                    .formatted(sum.value(), found)));
        }
        endStream();
        return StreamLayout.CSUM_LENGTH;
    }

    private void requireChecksum(ByteBuffer data, int at, int length, String what)
            throws MtfFormatException {
        int found = Le.u16(data, at + length);
        int expected = HeaderChecksum.of(data, at, length);
        if (found != expected) {
            throw fault(
                    "header of %s has checksum 0x%04x, expected 0x%04x"
                            .formatted(what, found, expected));
        }
    }

    private String name() {
        return Tags.text(stream.id());
    }

    private MtfFormatException fault(String what) {
        return new MtfFormatException(what, position);
    }

    /**
     * Tells that the stream is over.
     *
     * @throws MtfFormatException when it was not complete
     */
    public void finish() throws MtfFormatException {
        if (!complete) {
            throw new MtfFormatException(
                    "the stream ends in block %s, expected more of it and then %s"
                            .formatted(block, order.expected()),
                    position + window.pending());
        }
    }

    /** The closing filemark was read: nothing more is needed. */
    public boolean complete() {
        return complete;
    }

    /** The header as far as it is known; null before the configuration was read. */
    public @Nullable BackupHeader header() {
        return headers.header();
    }

    /** What was read so far. */
    public StreamCounts counts() {
        return new StreamCounts(
                position,
                counter.blocks,
                counter.streams,
                counter.pages,
                counter.unformattedPages,
                counter.checkedPages,
                counter.damagedPages,
                counter.logBytes,
                counter.checkedStreams,
                counter.damagedStreams);
    }
}
