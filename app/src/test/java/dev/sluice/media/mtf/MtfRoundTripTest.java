package dev.sluice.media.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.mtf.BackupHeader.DatabaseFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

class MtfRoundTripTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1,   512, true", "2, 1,  1024, false", "2, 2, 2048, true", "3, 1, 4096, true",
        "3, 2,  8192, true", "3, 3, 16384, false", "4, 1, 32768, true", "4, 4, 65536, true",
    })
    void readerFindsWhatTheWriterWroteWhateverTheChunks(
            int families, int family, int blockSize, boolean checksums) throws IOException {
        BackupHeader header = SampleBackup.header(families, family, checksums);
        byte[] stream = SampleBackup.stream(header, blockSize, 1, 8, 3);
        assertThat(stream.length % blockSize).isZero();
        for (int seed = 0; seed < 20; seed++) {
            RecordingHandler found = readInRandomChunks(stream, seed);
            assertThat(found.headers).containsExactly(header);
            assertThat(found.ended).isEqualTo(SampleBackup.finished(header));
            assertPages(found, 12);
        }
    }

    private static RecordingHandler readInRandomChunks(byte[] stream, int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int most = 1 << random.nextInt(1, 18);
        RecordingHandler handler = new RecordingHandler();
        MtfReader reader = new MtfReader(handler);
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(random.nextInt(1, most + 1), stream.length - at);
            ByteBuffer chunk = ByteBuffer.allocateDirect(length).put(0, stream, at, length);
            reader.feed(chunk);
            assertThat(chunk.hasRemaining()).isFalse();
            at += length;
        }
        reader.finish();
        assertThat(reader.counts().bytes()).isEqualTo(stream.length);
        return handler;
    }

    private static void assertPages(RecordingHandler found, int count) {
        assertThat(found.pages).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(found.pages.get(i)).isEqualTo(SampleBackup.page(i));
        }
    }

    @Test
    void aStripeThatWasDealtNoPagesIsWhole() throws IOException {
        BackupHeader header = SampleBackup.header(4, 3, true);
        MtfReport report =
                MtfInspector.inspect(new BytesChannel(SampleBackup.stream(header, 65536)));
        assertThat(report.problems()).isEmpty();
        assertThat(report.counts().pages()).isZero();
        assertThat(report.header()).isEqualTo(SampleBackup.finished(header));
    }

    @Test
    void pagesInTransfersOfWholeSlotsAreHandedOutInPlace() throws IOException {
        byte[] stream = SampleBackup.stream(SampleBackup.header(1, 1, true), 512, 8, 8, 8);
        RecordingHandler handler = new RecordingHandler();
        MtfReader reader = new MtfReader(handler);
        for (int at = 0; at < stream.length; at += 65536) {
            handler.chunk = ByteBuffer.wrap(stream, at, Math.min(65536, stream.length - at));
            reader.feed(handler.chunk);
        }
        assertThat(handler.inPlace).hasSize(24).containsOnly(true);
    }

    @Test
    void whatFollowsTheBackupSetIsNotLookedAt() throws IOException {
        byte[] stream = SampleBackup.stream(SampleBackup.header(1, 1, true), 512, 1);
        MtfReader reader = new MtfReader(new RecordingHandler());
        reader.feed(ByteBuffer.wrap(stream));
        assertThat(reader.complete()).isTrue();
        reader.feed(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        reader.finish();
        assertThat(reader.counts().bytes()).isEqualTo(stream.length);
    }

    @Test
    void manyFilesMakeALongerPrologueOnly() throws IOException {
        BackupHeader few = SampleBackup.header(1, 1, true);
        List<DatabaseFile> files = Collections.nCopies(200, few.files().getFirst());
        BackupHeader many = SampleBackup.withFiles(few, files);
        RecordingHandler found = readInRandomChunks(SampleBackup.stream(many, 65536, 2), 5);
        assertThat(found.headers.getFirst().files()).hasSize(200).isEqualTo(many.files());
        assertPages(found, 2);
    }
}
