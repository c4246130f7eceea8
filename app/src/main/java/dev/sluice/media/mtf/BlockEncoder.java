package dev.sluice.media.mtf;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.UUID;

/**
 * Appends blocks, streams and records to a growing buffer, and knows where in the family they lie.
 * Offsets given to the putters count from the start of the record begun last. One thread.
 */
final class BlockEncoder {

    private static final int FIRST_CAPACITY = 16384;
    private static final int MAX_OFFSET = 0xFFFF;

    private final long origin;
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_CAPACITY);
    private int end;
    private int record;
    private long section;

    /**
     * @param origin position in the family of the first byte appended
     * @param section position blocks are aligned from: the end of the filemark before
     */
    BlockEncoder(long origin, long section) {
        this.origin = origin;
        this.section = section;
    }

    /** Position in the family of the next byte appended. */
    long position() {
        return origin + end;
    }

    /** Begins a block: its common header and zeros up to its size. */
    void beginBlock(BlockType type, int size, int controlBlock) {
        begin(size);
        putU32(BlockLayout.TYPE, type.tag());
        putU32(BlockLayout.ATTRIBUTES, type.attributes());
        putU8(BlockLayout.SYSTEM, BlockLayout.SYSTEM_NT);
        putU8(BlockLayout.SYSTEM_VERSION, BlockLayout.SYSTEM_NT_VERSION);
        putU64(BlockLayout.LOGICAL_ADDRESS, logicalAddress());
        putU32(BlockLayout.CONTROL_BLOCK, controlBlock);
        putU8(BlockLayout.STRING_TYPE, type.hasText() ? BlockLayout.UTF_16 : 0);
    }

    private long logicalAddress() {
        return (position(record) - section) / BlockLayout.ALIGNMENT;
    }

    private long position(int index) {
        return origin + index;
    }

    /** Ends the block's own part: its streams follow. */
    void endBlock() {
        alignStream();
        putU16(BlockLayout.FIRST_STREAM, checkedOffset(end - record));
        HeaderChecksum.seal(buffer, record, BlockLayout.CHECKSUM);
    }

    /** Begins a record of zeros that fields are then put into. */
    void begin(int size) {
        record = end;
        grow(size);
    }

    /** Writes a stream header; its data is appended next. */
    void stream(int id, int mediaAttributes, long length) {
        int at = end;
        grow(StreamLayout.SIZE);
        new StreamHeader(id, mediaAttributes, length).put(buffer, at);
    }

    /** Index of a place to come back to. */
    int mark() {
        return end;
    }

    /** Writes the header of a stream whose data was appended since the mark after its header. */
    void patchStream(int mark, int id, int mediaAttributes) {
        long length = (long) end - mark - StreamLayout.SIZE;
        new StreamHeader(id, mediaAttributes, length).put(buffer, mark);
    }

    /** Pads to where a stream may start. */
    void alignStream() {
        grow((int) (Alignment.up(position(), StreamLayout.ALIGNMENT) - position()));
    }

    /** Ends a block with SPAD, up to where the next block may start. */
    void pad() {
        long data = position() + StreamLayout.SIZE;
        long next = section + Alignment.up(data - section, BlockLayout.ALIGNMENT);
        padTo(Tags.SPAD, 0, next);
    }

    /** Writes a padding stream that ends at a position. */
    void padTo(int id, int mediaAttributes, long position) {
        int length = Math.toIntExact(position - position() - StreamLayout.SIZE);
        stream(id, mediaAttributes, length);
        grow(length);
    }

    /** Writes a filemark; alignment starts again behind it. */
    void filemark(long... earlier) {
        beginBlock(BlockType.SFMB, FilemarkLayout.SIZE, 0);
        putU64(BlockLayout.LOGICAL_ADDRESS, 0);
        putU32(FilemarkLayout.ROOM, FilemarkLayout.ROOM_VALUE);
        putU32(FilemarkLayout.USED, earlier.length);
        putU32(FilemarkLayout.POSITIONS_OFFSET, FilemarkLayout.POSITIONS);
        for (int i = 0; i < earlier.length; i++) {
            putU64(FilemarkLayout.POSITIONS + i * Long.BYTES, earlier[i]);
        }
        endBlock();
        section = position();
    }

    void putU8(int offset, int value) {
        buffer.put(record + offset, (byte) value);
    }

    void putU16(int offset, int value) {
        Le.put16(buffer, record + offset, value);
    }

    void putU32(int offset, long value) {
        Le.put32(buffer, record + offset, (int) value);
    }

    void putU64(int offset, long value) {
        Le.put64(buffer, record + offset, value);
    }

    void putGuid(int offset, UUID guid) {
        Guids.put(buffer, record + offset, guid);
    }

    void putDate(int offset, @Nullable LocalDateTime date) {
        MtfDate.put(buffer, record + offset, date);
    }

    void putLsn(int offset, Lsn lsn) {
        LsnCodec.put(buffer, record + offset, lsn);
    }

    /** Appends a text to the record and puts the pointer to it. An empty text stays unset. */
    void putText(int offset, String text) {
        if (text.isEmpty()) {
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
        int at = end;
        putU16(offset, checkedOffset(bytes.length));
        putU16(offset + 2, checkedOffset(at - record));
        grow(bytes.length);
        buffer.put(at, bytes);
    }

    /** Length of the record begun last, texts included. */
    int recordLength() {
        return end - record;
    }

    /** Everything appended, from position 0 to the limit; read only. */
    ByteBuffer result() {
        return buffer.slice(0, end).asReadOnlyBuffer();
    }

    /** The sum over what was appended since a mark, zeros added to a whole sector. */
    int sumSince(int mark) {
        grow((int) (Alignment.up(end - mark, SectorSum.SECTOR) - (end - mark)));
        return SectorSum.add(0, buffer, mark, end - mark);
    }

    void putInt(int value) {
        int at = end;
        grow(Integer.BYTES);
        Le.put32(buffer, at, value);
    }

    private static int checkedOffset(int offset) {
        if (offset > MAX_OFFSET) {
            throw new IllegalArgumentException(
                    "names too long for a tape record: %d bytes, at most %d"
                            .formatted(offset, MAX_OFFSET));
        }
        return offset;
    }

    private void grow(int bytes) {
        if (end + bytes > buffer.capacity()) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * buffer.capacity(), end + bytes));
            larger.put(0, buffer, 0, end);
            buffer = larger;
        }
        end += bytes;
    }
}
