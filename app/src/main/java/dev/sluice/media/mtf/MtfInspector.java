package dev.sluice.media.mtf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a stripe without a server: the header, and a walk through all of the stream with every
 * checksum. Damage is reported, not thrown. Blocks the calling thread for as long as reading takes;
 * closing the channel ends it.
 */
public final class MtfInspector {

    private static final int CHUNK = 1 << 20;
    private static final ByteBuffer COMPRESSED =
            ByteBuffer.wrap("MSSQLBAK".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();

    private MtfInspector() {}

    /**
     * Inspects a file.
     *
     * @throws IOException when it cannot be read
     */
    public static MtfReport inspect(Path stripe) throws IOException {
        try (FileChannel channel = FileChannel.open(stripe, StandardOpenOption.READ)) {
            return inspect(channel);
        }
    }

    /**
     * Inspects from the channel's position on.
     *
     * @throws IOException when it cannot be read
     */
    public static MtfReport inspect(SeekableByteChannel stripe) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        fill(stripe, chunk);
        Findings findings = new Findings();
        MtfReader reader = new MtfReader(findings);
        boolean compressed = isCompressed(chunk);
        if (!compressed) {
            try {
                walk(stripe, chunk, reader);
            } catch (MtfFormatException broken) {
                findings.damaged(broken);
            }
        }
        return new MtfReport(
                compressed, reader.header(), reader.counts(), findings.problems, findings.count);
    }

    private static void walk(SeekableByteChannel stripe, ByteBuffer chunk, MtfReader reader)
            throws IOException {
        while (chunk.hasRemaining() && !reader.complete()) {
            reader.feed(chunk);
            chunk.clear();
            fill(stripe, chunk);
        }
        reader.finish();
    }

    private static void fill(SeekableByteChannel stripe, ByteBuffer chunk) throws IOException {
        while (chunk.hasRemaining() && stripe.read(chunk) >= 0) {
            // a channel may return less than there is
        }
        chunk.flip();
    }

    private static boolean isCompressed(ByteBuffer start) {
        int length = COMPRESSED.remaining();
        return start.remaining() >= length && start.slice(0, length).equals(COMPRESSED);
    }

    /** Collects damage. */
    private static final class Findings implements MtfHandler {

        private final List<String> problems = new ArrayList<>();
        private long count;

        @Override
        public void header(BackupHeader header) {
            // the reader keeps it
        }

        @Override
        public void page(ByteBuffer buffer, int at) {
            // the reader has checked and counted it
        }

        @Override
        public void damaged(MtfFormatException fault) {
            count++;
            if (problems.size() < MtfReport.MAX_PROBLEMS) {
                problems.add(String.valueOf(fault.getMessage()));
            }
        }
    }
}
