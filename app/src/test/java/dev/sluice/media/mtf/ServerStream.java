package dev.sluice.media.mtf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The stream of one media family as SQL Server writes it: pages and log, the one or the other, or
 * both. Unlike {@link MtfWriter}, with log, and without regard to where pages lie in a transfer.
 */
public final class ServerStream {

    private static final int LOG_BLOCK_NUMBER = 4;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BackupHeader header;
    private final int unit;
    private long section;

    private ServerStream(BackupHeader header, int unit) {
        this.header = header;
        this.unit = unit;
    }

    /**
     * Writes a stream.
     *
     * @param header of the family, as it is known at the beginning
     * @param finished the same, as it is known at the end
     * @param pages with their headers; not yet sealed
     * @param log whole sectors
     * @param blockSize the stream is a multiple of it
     */
    public static byte[] write(
            BackupHeader header,
            BackupHeader finished,
            List<byte[]> pages,
            byte[] log,
            int blockSize) {
        ServerStream stream = new ServerStream(header, blockSize);
        long firstFilemark = stream.begin(header.kind() != BackupKind.LOG);
        stream.pages(pages);
        stream.end(finished, log, firstFilemark);
        return stream.bytes.toByteArray();
    }

    private BlockEncoder encoder() {
        return new BlockEncoder(bytes.size(), section);
    }

    private void append(BlockEncoder out) {
        byte[] part = new byte[out.result().remaining()];
        out.result().get(part);
        bytes.writeBytes(part);
    }

    /** Returns the position of the first filemark. */
    private long begin(boolean hasPages) {
        BlockEncoder out = encoder();
        Blocks.tape(out, header);
        long firstFilemark = out.position();
        out.filemark();
        section = out.position();
        Blocks.setStart(out, header);
        Blocks.volume(out, header);
        Blocks.configuration(out, BlockType.MSCI, header);
        if (hasPages) {
            Blocks.data(out);
        }
        append(out);
        return firstFilemark;
    }

    private void pages(List<byte[]> pages) {
        if (header.kind() == BackupKind.LOG) {
            return;
        }
        StreamChecksum sum = new StreamChecksum();
        if (!pages.isEmpty()) {
            BlockEncoder piece = encoder();
            piece.stream(
                    Tags.MQDA, data(), StreamLayout.LEAD + (long) pages.size() * PageLayout.SIZE);
            piece.begin(StreamLayout.LEAD);
            append(piece);
            for (byte[] page : pages) {
                sum.addPage(PageChecksum.sealAndSum(ByteBuffer.wrap(page), 0));
                bytes.writeBytes(page);
            }
        }
        BlockEncoder out = encoder();
        out.alignStream();
        if (!pages.isEmpty()) {
            checksum(out, sum.value());
        }
        out.stream(Tags.MQDA, StreamLayout.VARIABLE | StreamLayout.LAST_PIECE, 0);
        out.alignStream();
        out.pad();
        append(out);
    }

    private int data() {
        return StreamLayout.VARIABLE | (header.checksums() ? StreamLayout.CHECKSUMMED : 0);
    }

    private void checksum(BlockEncoder out, int value) {
        if (header.checksums()) {
            out.stream(Tags.CSUM, 0, StreamLayout.CSUM_LENGTH);
            out.putInt(value);
            out.alignStream();
        }
    }

    private void end(BackupHeader finished, byte[] log, long firstFilemark) {
        BlockEncoder before = encoder();
        before.beginBlock(BlockType.MSTL, DataLayout.LOG_SIZE, LOG_BLOCK_NUMBER);
        before.putU16(DataLayout.ONE, 1);
        before.endBlock();
        before.stream(Tags.MQTL, data(), StreamLayout.LEAD + (long) log.length);
        before.begin(StreamLayout.LEAD);
        append(before);
        bytes.writeBytes(log);
        StreamChecksum sum = new StreamChecksum();
        sum.add(ByteBuffer.wrap(log), 0, log.length);
        BlockEncoder out = encoder();
        out.alignStream();
        checksum(out, sum.value());
        out.pad();
        Blocks.configuration(out, BlockType.MSLS, finished);
        long secondFilemark = out.position();
        out.filemark(firstFilemark);
        long setEnd = out.position();
        Blocks.setEnd(out, finished, 0);
        out.pad();
        Blocks.setEnd(out, finished, setEnd);
        long least = out.position() + StreamLayout.SIZE + FilemarkLayout.SIZE;
        out.padTo(Tags.SPAD, 0, Alignment.up(least, unit) - FilemarkLayout.SIZE);
        out.filemark(secondFilemark, firstFilemark);
        append(out);
    }
}
