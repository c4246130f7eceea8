package dev.sluice.media.mtf;

import org.jspecify.annotations.Nullable;

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
 * checksum. Damage is reported, not thrown. A file can be inspected at once; bytes that come from
 * elsewhere, say out of a decompressor, are fed. One thread.
 */
public final class MtfInspector {

    private static final int CHUNK = 1 << 20;

    /** How a stripe starts that the server compressed itself. */
    private static final byte[] COMPRESSED = "MSSQLBAK".getBytes(StandardCharsets.US_ASCII);

    private final Findings findings = new Findings();
    private final MtfReader reader = new MtfReader(findings);
    private int alike;
    private boolean different;

    /** Collects damage. */
    private static final class Findings implements MtfHandler {

        private final List<String> problems = new ArrayList<>();
        private long count;
        private boolean broken;

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

        /** The stream cannot be followed any further. */
        void broken(MtfFormatException fault) {
            damaged(fault);
            broken = true;
        }
    }

    /**
     * Inspects a file. Blocks for as long as reading takes.
     *
     * @throws IOException when it cannot be read
     */
    public static MtfReport inspect(Path stripe) throws IOException {
        try (FileChannel channel = FileChannel.open(stripe, StandardOpenOption.READ)) {
            return inspect(channel);
        }
    }

    /**
     * Inspects from the channel's position to the end of the backup set. Blocks for as long as
     * reading takes; closing the channel ends it.
     *
     * @throws IOException when it cannot be read
     */
    public static MtfReport inspect(SeekableByteChannel stripe) throws IOException {
        MtfInspector inspector = new MtfInspector();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        while (inspector.wantsMore() && stripe.read(chunk.clear()) >= 0) {
            inspector.feed(chunk.flip());
        }
        return inspector.report();
    }

    /** More bytes would tell more. */
    public boolean wantsMore() {
        return alike < COMPRESSED.length && !findings.broken && !reader.complete();
    }

    /** Takes the next bytes of the stripe, all that remain in the chunk. */
    public void feed(ByteBuffer chunk) throws IOException {
        if (!different) {
            compareStart(chunk);
        }
        if (different && wantsMore()) {
            read(chunk);
        }
        chunk.position(chunk.limit());
    }

    private void compareStart(ByteBuffer chunk) throws IOException {
        int at = chunk.position();
        while (at < chunk.limit() && alike < COMPRESSED.length && !different) {
            different = chunk.get(at) != COMPRESSED[alike];
            if (!different) {
                alike++;
                at++;
            }
        }
        chunk.position(at);
        if (different) {
            read(ByteBuffer.wrap(COMPRESSED, 0, alike));
            alike = 0;
        }
    }

    private void read(ByteBuffer bytes) throws IOException {
        try {
            reader.feed(bytes);
        } catch (MtfFormatException fault) {
            findings.broken(fault);
        }
    }

    /** The outcome; to be called once, when the stripe is at its end. */
    public MtfReport report() {
        boolean compressed = alike == COMPRESSED.length;
        if (wantsMore()) {
            requireComplete();
        }
        return new MtfReport(
                verdict(compressed), header(), reader.counts(), findings.problems, findings.count);
    }

    private MtfReport.Verdict verdict(boolean compressed) {
        if (compressed) {
            return MtfReport.Verdict.COMPRESSED;
        }
        return findings.count == 0 ? MtfReport.Verdict.SOUND : MtfReport.Verdict.DAMAGED;
    }

    private void requireComplete() {
        try {
            reader.finish();
        } catch (MtfFormatException fault) {
            findings.broken(fault);
        }
    }

    /** The header as far as it could be read; null before that. */
    public @Nullable BackupHeader header() {
        return reader.header();
    }
}
