package dev.sluice.media.mtf;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads the streams of one block after the other. One thread. */
final class StreamReader {

    /** Room for the records of some 30000 database files. */
    private static final int MAX_CONFIGURATION = 64 << 20;

    private static final int MAX_FAMILY = 1 << 16;

    /** What a block needs to do when its streams are read. */
    @FunctionalInterface
    interface BlockEnd {
        void run() throws IOException;
    }

    /** How far the data of an MSDA block has come. */
    private enum Pieces {
        /** No piece yet. */
        NONE,
        /** More pieces follow. */
        OPEN,
        /** The last piece was seen. */
        ENDED
    }

    private final Steps.Step readHeader = this::header;
    private final Steps.Step readConfiguration = this::configuration;
    private final Steps.Step readFamily = this::family;
    private final Steps.Step readChecksum = this::checksum;

    private final Steps steps;
    private final HeaderDecoder headers;
    private final Counter counter;
    private final DataReader data;
    private final BlockEnd blockEnd;

    private BlockType block = BlockType.TAPE;
    private boolean needed;
    private Pieces pieces = Pieces.NONE;
    private StreamHeader stream = new StreamHeader(Tags.SPAD, 0, 0);
    private long offset;
    private boolean sumDue;

    StreamReader(
            Steps steps,
            MtfHandler handler,
            HeaderDecoder headers,
            Counter counter,
            BlockEnd blockEnd) {
        this.steps = steps;
        this.headers = headers;
        this.counter = counter;
        this.blockEnd = blockEnd;
        this.data = new DataReader(steps, handler, counter, this::endStream);
    }

    /** Sets up reading the streams of a block whose own part is being taken. */
    void begin(BlockType type) {
        block = type;
        needed = type == BlockType.TAPE || type == BlockType.MSCI;
        pieces = Pieces.NONE;
        steps.expect(StreamLayout.SIZE, readHeader);
    }

    private int header(ByteBuffer bytes, int at) throws IOException {
        steps.requireChecksum(bytes, at, StreamLayout.CHECKSUM, "a stream of block " + block);
        stream = StreamHeader.get(bytes, at);
        offset = steps.position();
        counter.streams++;
        if (stream.length() < 0) {
            throw fault("stream %s of 2^63 bytes or more".formatted(name()));
        }
        if (sumDue != (stream.id() == Tags.CSUM)) {
            String due = sumDue ? "the checksum of the stream before" : "no checksum here";
            throw fault("stream %s, expected %s".formatted(name(), due));
        }
        beginStream();
        return StreamLayout.SIZE;
    }

    private void beginStream() throws IOException {
        int id = stream.id();
        if (id == Tags.SPAD) {
            endBlock();
        } else if (id == Tags.MQDA) {
            beginPages();
        } else if (id == Tags.MQTL) {
            requirePlainIn(BlockType.MSTL, BlockType.MSTL);
            data.beginLog(stream);
        } else if (id == Tags.MQCI) {
            requirePlainIn(BlockType.MSCI, BlockType.MSLS);
            expectWhole(1, MAX_CONFIGURATION, readConfiguration);
        } else if (id == Tags.RAID) {
            requirePlainIn(BlockType.TAPE, BlockType.TAPE);
            expectWhole(TapeLayout.RAID_SIZE, MAX_FAMILY, readFamily);
        } else if (id == Tags.CSUM) {
            expectWhole(StreamLayout.CSUM_LENGTH, StreamLayout.CSUM_LENGTH, readChecksum);
        } else {
            steps.skip(stream.length());
            endStream();
        }
    }

    private void requirePlainIn(BlockType one, BlockType other) throws MtfFormatException {
        if (block != one && block != other) {
            throw fault("stream %s in block %s".formatted(name(), block));
        }
        if (stream.encryption() != 0 || stream.compression() != 0) {
            throw fault(
                    "stream %s is encrypted (%d) or compressed (%d) by the server, expected plain"
                            .formatted(name(), stream.encryption(), stream.compression()));
        }
    }

    /** A stream that is looked at when all of it is there. */
    private void expectWhole(int least, int most, Steps.Step read) throws MtfFormatException {
        long length = stream.length();
        if (length < least || length > most) {
            throw fault(
                    "stream %s of %d bytes, expected %d to %d"
                            .formatted(name(), length, least, most));
        }
        steps.expect((int) length, read);
    }

    private void beginPages() throws MtfFormatException {
        requirePlainIn(BlockType.MSDA, BlockType.MSDA);
        if (pieces == Pieces.ENDED) {
            throw fault("data after its last piece");
        }
        boolean last = stream.has(StreamLayout.LAST_PIECE) || !stream.has(StreamLayout.VARIABLE);
        pieces = last ? Pieces.ENDED : Pieces.OPEN;
        data.beginPages(stream);
    }

    private int family(ByteBuffer bytes, int at) throws IOException {
        int length = steps.wanted();
        headers.raid(new Field(bytes, at, length, steps.position()));
        needed = false;
        data.beginSum(stream, length);
        data.addToSum(bytes, at, length);
        endStream();
        return length;
    }

    private int configuration(ByteBuffer bytes, int at) throws IOException {
        int length = steps.wanted();
        headers.configuration(bytes, at, length, steps.position());
        needed = false;
        data.beginSum(stream, length);
        data.addToSum(bytes, at, length);
        endStream();
        return length;
    }

    private int checksum(ByteBuffer bytes, int at) throws IOException {
        data.checkSum(Le.i32(bytes, at));
        endStream();
        return StreamLayout.CSUM_LENGTH;
    }

    /** All of its bytes are set up to be taken: the padding, then the next stream. */
    private void endStream() {
        long end = offset + StreamLayout.SIZE + stream.length();
        steps.skip(Alignment.up(end, StreamLayout.ALIGNMENT) - end);
        sumDue = stream.has(StreamLayout.CHECKSUMMED);
        steps.expect(StreamLayout.SIZE, readHeader);
    }

    private void endBlock() throws IOException {
        if (pieces == Pieces.OPEN) {
            throw fault("the data of block %s ends without a last piece".formatted(block));
        }
        if (needed) {
            String missing = block == BlockType.TAPE ? "RAID" : "MQCI";
            throw fault("block %s has no %s stream".formatted(block, missing));
        }
        steps.skip(stream.length());
        blockEnd.run();
    }

    private String name() {
        return Tags.text(stream.id());
    }

    private MtfFormatException fault(String what) {
        return steps.fault(what);
    }
}
