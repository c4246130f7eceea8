package dev.sluice.media.mtf;

import dev.sluice.media.mtf.BackupHeader.Media;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Writes the stream of one media family. The caller assembles it from slots of {@link #SLOT} bytes,
 * so that every page lies whole and aligned in a transfer buffer:
 *
 * <pre>
 *   {@link #prologue}      TAPE, SFMB, SSET, VOLB, MSCI, and MSDA as far as its padding   n slots
 *   {@link #beginPiece}    checksum of the piece before, padding, MQDA header             1 slot
 *   {@link #sealPage}      the pages announced, each formed by the caller in place        k slots
 *   ...                    more pieces, or none at all
 *   {@link #epilogue}      last piece, MSTL, MSLS, SFMB, ESET, ESET, SFMB                 n slots
 * </pre>
 *
 * The whole is a multiple of the block size. Transfers that are multiples of a slot, as
 * MAXTRANSFERSIZE is, therefore never split a page or a piece's header. One thread per writer.
 */
public final class MtfWriter {

    /** Bytes of a slot: a page, or what precedes a piece of pages. */
    public static final int SLOT = PageLayout.SIZE;

    private static final int MIN_BLOCK_SIZE = 512;
    private static final int MAX_BLOCK_SIZE = 65536;
    private static final int MAX_FAMILIES = 64;

    private final BackupHeader header;
    private final int unit;
    private final StreamChecksum checksum = new StreamChecksum();
    private @Nullable Places places;
    private long position;
    private int pagesDue;
    private boolean pieceOpen;
    private boolean finished;

    /** Where the fixed blocks went, for the blocks that point back to them. */
    private record Places(long firstFilemark, long setStart) {}

    /**
     * @param header what the stripe says about itself; its size and page counts may be estimates
     * @param blockSize BLOCKSIZE, a power of two, 512 to 65536
     * @throws IllegalArgumentException when the header cannot be written as a stream of pages
     */
    public MtfWriter(BackupHeader header, int blockSize) {
        checkBlockSize(blockSize);
        checkHeader(header);
        this.header = header;
        this.unit = Math.max(SLOT, blockSize);
    }

    private static void checkBlockSize(int blockSize) {
        if (Integer.bitCount(blockSize) != 1
                || blockSize < MIN_BLOCK_SIZE
                || blockSize > MAX_BLOCK_SIZE) {
            throw new IllegalArgumentException(
                    "block size %d is not a power of two from %d to %d"
                            .formatted(blockSize, MIN_BLOCK_SIZE, MAX_BLOCK_SIZE));
        }
    }

    private static void checkHeader(BackupHeader header) {
        if (header.kind() != BackupKind.DATABASE && header.kind() != BackupKind.DIFFERENTIAL) {
            throw new IllegalArgumentException(
                    "a stream of pages is a full or differential backup, not " + header.kind());
        }
        Media media = header.media();
        if (media.families() < 1
                || media.families() > MAX_FAMILIES
                || media.family() < 1
                || media.family() > media.families()) {
            throw new IllegalArgumentException(
                    "family %d of %d: families are 1 to %d"
                            .formatted(media.family(), media.families(), MAX_FAMILIES));
        }
    }

    /** Bytes of the stream so far. */
    public long position() {
        return position;
    }

    /**
     * Everything before the first piece: whole slots, read only. To be called first, once.
     *
     * @throws IllegalArgumentException when the names do not fit into the format
     */
    public ByteBuffer prologue() {
        if (places != null) {
            throw new IllegalStateException("the prologue was written already");
        }
        BlockEncoder out = new BlockEncoder(0, 0);
        Blocks.tape(out, header);
        long firstFilemark = out.position();
        out.filemark();
        places = new Places(firstFilemark, out.position());
        Blocks.setStart(out, header);
        Blocks.volume(out, header);
        Blocks.configuration(out, BlockType.MSCI, header);
        Blocks.data(out);
        long end = Alignment.up(out.position() + StreamLayout.SIZE, SLOT);
        out.padTo(Tags.APAD, StreamLayout.PADDING, end);
        position = end;
        return out.result();
    }

    /**
     * Writes the slot before a piece of pages.
     *
     * @param target buffer with {@link #SLOT} bytes at {@code at}; its position, limit and order do
     *     not matter and stay
     * @param pages how many pages follow, at least 1
     */
    public void beginPiece(ByteBuffer target, int at, int pages) {
        requireBetweenPieces();
        if (pages < 1) {
            throw new IllegalArgumentException("a piece has at least 1 page, not " + pages);
        }
        clear(target, at);
        int used = putChecksum(target, at);
        putPieceHeader(target, at, used, pages);
        position += SLOT;
        pagesDue = pages;
        pieceOpen = true;
    }

    private static void clear(ByteBuffer target, int at) {
        for (int i = 0; i < SLOT; i += Long.BYTES) {
            Le.put64(target, at + i, 0);
        }
    }

    private int putChecksum(ByteBuffer target, int at) {
        if (!pieceOpen || !header.checksums()) {
            return 0;
        }
        new StreamHeader(Tags.CSUM, 0, StreamLayout.CSUM_LENGTH).put(target, at);
        Le.put32(target, at + StreamLayout.SIZE, checksum.value());
        checksum.reset();
        return (int)
                Alignment.up(StreamLayout.SIZE + StreamLayout.CSUM_LENGTH, StreamLayout.ALIGNMENT);
    }

    private void putPieceHeader(ByteBuffer target, int at, int used, int pages) {
        int data = SLOT - StreamLayout.LEAD - StreamLayout.SIZE;
        int padding = data - used - StreamLayout.SIZE;
        new StreamHeader(Tags.APAD, StreamLayout.PADDING, padding).put(target, at + used);
        new StreamHeader(Tags.MQDA, pieceAttributes(), pieceLength(pages)).put(target, at + data);
    }

    private int pieceAttributes() {
        return StreamLayout.VARIABLE | (header.checksums() ? StreamLayout.CHECKSUMMED : 0);
    }

    private static long pieceLength(int pages) {
        return StreamLayout.LEAD + (long) pages * PageLayout.SIZE;
    }

    /**
     * Flags a page, gives it its checksum, and counts it in the stream. The pages of a piece are to
     * be sealed in the order they lie in the stream; nothing may change in them afterwards.
     *
     * @param buffer buffer with the whole page, header and payload, at {@code at}
     */
    public void sealPage(ByteBuffer buffer, int at) {
        if (pagesDue == 0) {
            throw new IllegalStateException("no page is due: begin a piece first");
        }
        checksum.addPage(PageChecksum.sealAndSum(buffer, at));
        pagesDue--;
        position += SLOT;
    }

    /**
     * Everything after the last page: whole slots, read only. To be called last, once.
     *
     * @param finalHeader the header with size, LSNs, finish date and page counts as they became
     */
    public ByteBuffer epilogue(BackupHeader finalHeader) {
        requireBetweenPieces();
        Places before = requirePlaces();
        BlockEncoder out = new BlockEncoder(position, before.setStart());
        endData(out);
        Blocks.log(out);
        Blocks.configuration(out, BlockType.MSLS, finalHeader);
        long secondFilemark = out.position();
        out.filemark(before.firstFilemark());
        long setEnd = out.position();
        Blocks.setEnd(out, finalHeader, 0);
        out.pad();
        Blocks.setEnd(out, finalHeader, setEnd);
        padLastBlock(out);
        out.filemark(secondFilemark, before.firstFilemark());
        position = out.position();
        finished = true;
        return out.result();
    }

    private void endData(BlockEncoder out) {
        if (pieceOpen && header.checksums()) {
            out.stream(Tags.CSUM, 0, StreamLayout.CSUM_LENGTH);
            out.putInt(checksum.value());
            out.alignStream();
        }
        out.stream(Tags.MQDA, StreamLayout.VARIABLE | StreamLayout.LAST_PIECE, 0);
        out.alignStream();
        out.pad();
    }

    /** Makes the whole stream a multiple of the block size, the last filemark included. */
    private void padLastBlock(BlockEncoder out) {
        long least = out.position() + StreamLayout.SIZE + FilemarkLayout.SIZE;
        out.padTo(Tags.SPAD, 0, Alignment.up(least, unit) - FilemarkLayout.SIZE);
    }

    private void requireBetweenPieces() {
        requirePlaces();
        if (pagesDue != 0) {
            throw new IllegalStateException(pagesDue + " announced pages are still due");
        }
    }

    private Places requirePlaces() {
        if (places == null || finished) {
            throw new IllegalStateException(
                    finished ? "the stream is complete" : "write the prologue first");
        }
        return places;
    }
}
