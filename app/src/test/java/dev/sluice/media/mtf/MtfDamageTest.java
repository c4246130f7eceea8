package dev.sluice.media.mtf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

class MtfDamageTest {

    private static final int PAGES = 2;

    private static byte[] stream(boolean checksums) {
        return SampleBackup.stream(SampleBackup.header(2, 1, checksums), 512, PAGES);
    }

    /** Null when nothing was found. */
    private static @Nullable MtfFormatException fault(byte[] stream, RecordingHandler handler)
            throws IOException {
        MtfReader reader = new MtfReader(handler);
        try {
            reader.feed(ByteBuffer.wrap(stream));
            reader.finish();
            return null;
        } catch (MtfFormatException found) {
            return found;
        }
    }

    @Test
    void everyTruncationIsFound() throws IOException {
        byte[] stream = stream(true);
        MtfReader reader = new MtfReader(new RecordingHandler());
        for (int at = 0; at < stream.length; at++) {
            assertThatExceptionOfType(MtfFormatException.class)
                    .as("%d bytes", at)
                    .isThrownBy(reader::finish);
            reader.feed(ByteBuffer.wrap(stream, at, 1));
        }
        reader.finish();
    }

    @Test
    void everyFlippedBitThatAChecksumCoversIsFound() throws IOException {
        byte[] stream = stream(true);
        BitSet uncovered = uncovered(stream);
        for (int at = 0; at < stream.length; at++) {
            if (!uncovered.get(at)) {
                for (int bit = 0; bit < 8; bit += isPage(stream, at) ? 8 : 1) {
                    stream[at] ^= (byte) (1 << bit);
                    assertThat(fault(stream, new RecordingHandler()))
                            .as("byte %d bit %d", at, bit)
                            .isNotNull();
                    stream[at] ^= (byte) (1 << bit);
                }
            }
        }
    }

    private static boolean isPage(byte[] stream, int at) {
        int first = firstPage(stream);
        return at >= first && at < first + PAGES * PageLayout.SIZE;
    }

    private static int firstPage(byte[] stream) {
        byte[] page = SampleBackup.page(0).array();
        int at = 0;
        while (!Arrays.equals(stream, at, at + 4096, page, 0, 4096)) {
            at += 512;
        }
        return at;
    }

    @Test
    void flippedPaddingChangesNothing() throws IOException {
        byte[] stream = stream(true);
        BitSet padding = padding(stream);
        assertThat(padding.cardinality()).isGreaterThan(10_000);
        RecordingHandler whole = new RecordingHandler();
        assertThat(fault(stream, whole)).isNull();
        for (int at = padding.nextSetBit(0); at >= 0; at = padding.nextSetBit(at + 1)) {
            stream[at] ^= (byte) (1 << (at % 8));
            RecordingHandler found = new RecordingHandler();
            assertThat(fault(stream, found)).as("byte %d", at).isNull();
            assertThat(found.headers).isEqualTo(whole.headers);
            assertThat(found.ended).isEqualTo(whole.ended);
            stream[at] ^= (byte) (1 << (at % 8));
        }
    }

    @Test
    void everyFlippedBitOfAPageIsFoundWithoutAStreamChecksum() throws IOException {
        byte[] stream = stream(false);
        int page = firstPage(stream);
        for (int bit = 0; bit < PageLayout.SIZE * 8; bit++) {
            stream[page + bit / 8] ^= (byte) (1 << (bit % 8));
            RecordingHandler found = new RecordingHandler();
            MtfFormatException fault = fault(stream, found);
            assertThat(fault).as("bit %d", bit).isNotNull().hasMessageStartingWith("page ");
            assertThat(fault == null ? 0 : fault.offset()).isEqualTo(page);
            assertThat(found.pages).isEmpty();
            stream[page + bit / 8] ^= (byte) (1 << (bit % 8));
        }
    }

    /**
     * What the format leaves without a checksum: padding, the lead bytes, and the blocks' own
     * fields after the common header with the RAID stream.
     */
    private static BitSet uncovered(byte[] stream) {
        Walk walk = new Walk(stream);
        walk.run();
        walk.padding.or(walk.fields);
        return walk.padding;
    }

    private static BitSet padding(byte[] stream) {
        Walk walk = new Walk(stream);
        walk.run();
        return walk.padding;
    }

    /** A second, naive reading of the structure, to tell what a byte is. */
    private static final class Walk {

        final BitSet padding = new BitSet();
        final BitSet fields = new BitSet();
        private final ByteBuffer stream;

        Walk(byte[] bytes) {
            stream = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        void run() {
            int at = 0;
            while (at < stream.limit()) {
                boolean filemark = letters(at).equals("SFMB");
                int first = at + stream.getShort(at + 8);
                fields.set(at + 52, first);
                at = filemark ? first : streams(first);
            }
        }

        private int streams(int first) {
            int at = first;
            while (true) {
                String id = letters(at);
                int data = at + 22;
                int end = data + (int) stream.getLong(at + 8);
                at = (end + 3) & ~3;
                padding.set(end, at);
                switch (id) {
                    case "SPAD", "APAD" -> padding.set(data, end);
                    case "MQDA" -> padding.set(data, Math.min(data + 2, end));
                    case "RAID" -> fields.set(data, end);
                    default -> {
                        // covered
                    }
                }
                if (id.equals("SPAD")) {
                    return end;
                }
            }
        }

        private String letters(int at) {
            return Tags.text(stream.getInt(at));
        }
    }

    @Test
    void whatIsNoTapeFormatIsNamed() throws IOException {
        byte[] other =
                "PK\003\004 this is not a backup of any kind, but long enough to look at"
                        .getBytes(StandardCharsets.US_ASCII);
        assertThat(fault(other, new RecordingHandler()))
                .hasMessage(
                        "\"PK..\" is no block, expected [TAPE], at offset 0 (0x0) of the backup"
                                + " stream");
    }

    @Test
    void aStreamThatStartsInTheMiddleIsRefused() throws IOException {
        byte[] stream = stream(true);
        byte[] tail = Arrays.copyOfRange(stream, 1536, stream.length);
        assertThat(fault(tail, new RecordingHandler()))
                .hasMessageStartingWith("block SSET after nothing, expected [TAPE]");
    }

    @Test
    void inspectionReportsDamageInsteadOfThrowing() throws IOException {
        byte[] stream = stream(true);
        stream[firstPage(stream) + 500] ^= 1;
        MtfReport report =
                MtfInspector.inspect(new BytesChannel(Arrays.copyOf(stream, stream.length - 512)));
        assertThat(report.verdict()).isEqualTo(MtfReport.Verdict.DAMAGED);
        assertThat(report.problemCount()).isEqualTo(3);
        assertThat(report.problems().get(0)).startsWith("page 1:0 has checksum");
        assertThat(report.problems().get(1)).startsWith("the stream before has checksum");
        assertThat(report.problems().get(2)).startsWith("the stream ends in block ESET");
        assertThat(report.header()).isNotNull();
        assertThat(report.counts().damagedPages()).isEqualTo(1);
    }

    @Test
    void theMarkOfCompressedStripesIsSeenByteByByte() throws IOException {
        MtfInspector inspector = new MtfInspector();
        for (byte letter : "MSSQLBAK".getBytes(StandardCharsets.US_ASCII)) {
            assertThat(inspector.wantsMore()).isTrue();
            inspector.feed(ByteBuffer.wrap(new byte[] {letter}));
        }
        assertThat(inspector.wantsMore()).isFalse();
        assertThat(inspector.report().verdict()).isEqualTo(MtfReport.Verdict.COMPRESSED);
        assertThat(inspector.report().problems()).isEmpty();
    }

    @Test
    void aStartOfThatMarkOnlyIsNoBackup() throws IOException {
        MtfInspector inspector = new MtfInspector();
        inspector.feed(ByteBuffer.wrap("MSSQL".getBytes(StandardCharsets.US_ASCII)));
        inspector.feed(ByteBuffer.wrap(new byte[100]));
        MtfReport report = inspector.report();
        assertThat(report.verdict()).isEqualTo(MtfReport.Verdict.DAMAGED);
        assertThat(report.problems()).singleElement().asString().startsWith("\"MSSQ\" is no block");
    }

    @Test
    void inspectingInAnyChunksGivesTheSame() throws IOException {
        byte[] stream = stream(true);
        MtfInspector inspector = new MtfInspector();
        for (int at = 0; at < stream.length; at += 999) {
            inspector.feed(ByteBuffer.wrap(stream, at, Math.min(999, stream.length - at)));
        }
        assertThat(inspector.report()).isEqualTo(MtfInspector.inspect(new BytesChannel(stream)));
        assertThat(inspector.wantsMore()).isFalse();
    }

    @Test
    void anEmptyFileIsNoBackup() throws IOException {
        MtfReport report = MtfInspector.inspect(new BytesChannel(new byte[0]));
        assertThat(report.verdict()).isEqualTo(MtfReport.Verdict.DAMAGED);
        assertThat(report.header()).isNull();
        assertThat(report.problems()).singleElement().asString().startsWith("the stream ends");
    }

    @Test
    void aFaultOfTheHandlerReachesTheFeeder() {
        IOException full = new IOException("disk full");
        MtfReader reader =
                new MtfReader(
                        new MtfHandler() {
                            @Override
                            public void header(BackupHeader header) {}

                            @Override
                            public void page(ByteBuffer buffer, int at) throws IOException {
                                throw full;
                            }
                        });
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> reader.feed(ByteBuffer.wrap(stream(true))))
                .isSameAs(full);
    }
}
