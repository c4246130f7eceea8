package dev.sluice.media.mtf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;

class MtfWriterTest {

    private static final BackupHeader HEADER = SampleBackup.header(2, 1, true);

    private static ByteBuffer slots(int count) {
        return ByteBuffer.allocateDirect(count * MtfWriter.SLOT);
    }

    @Test
    void positionCountsEveryByteOfTheStream() {
        MtfWriter writer = new MtfWriter(HEADER, 65536);
        long prologue = writer.prologue().remaining();
        assertThat(prologue % MtfWriter.SLOT).isZero();
        assertThat(writer.position()).isEqualTo(prologue);
        ByteBuffer piece = slots(2);
        writer.beginPiece(piece, 0, 1);
        writer.sealPage(piece, MtfWriter.SLOT);
        assertThat(writer.position()).isEqualTo(prologue + 2 * MtfWriter.SLOT);
        long epilogue = writer.epilogue(HEADER).remaining();
        assertThat(writer.position()).isEqualTo(prologue + 2 * MtfWriter.SLOT + epilogue);
        assertThat(writer.position() % 65536).isZero();
    }

    @Test
    void aPieceClearsWhatItsBufferHeldBefore() {
        ByteBuffer used = slots(1);
        ByteBuffer fresh = slots(1);
        for (int i = 0; i < MtfWriter.SLOT; i++) {
            used.put(i, (byte) 0xA5);
        }
        started().beginPiece(used, 0, 1);
        started().beginPiece(fresh, 0, 1);
        assertThat(used).isEqualTo(fresh);
    }

    private static MtfWriter started() {
        MtfWriter writer = new MtfWriter(HEADER, 512);
        writer.prologue();
        return writer;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -512, 256, 513, 131072})
    void refusesBlockSizesNoServerTakes(int blockSize) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MtfWriter(HEADER, blockSize))
                .withMessageContaining("block size " + blockSize);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, -1})
    void refusesFamiliesOutsideTheSet(int family) {
        BackupHeader header = HEADER.withFamily(family);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MtfWriter(header, 512))
                .withMessageContaining("family " + family + " of 2");
    }

    @Test
    void refusesNamesThatDoNotFit() {
        BackupHeader header = SampleBackup.withDatabase(HEADER, "x".repeat(40_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MtfWriter(header, 512).prologue())
                .withMessageContaining("names too long");
    }

    @Test
    void refusesAStreamOfPagesForALogBackup() {
        BackupHeader header = SampleBackup.withKind(HEADER, BackupKind.LOG);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MtfWriter(header, 512))
                .withMessageContaining("not LOG");
    }

    @Test
    void holdsTheOrderOfCalls() {
        ByteBuffer buffer = slots(3);
        MtfWriter writer = new MtfWriter(HEADER, 512);
        assertThatIllegalStateException().isThrownBy(() -> writer.beginPiece(buffer, 0, 1));
        assertThatIllegalStateException().isThrownBy(() -> writer.epilogue(HEADER));
        writer.prologue();
        assertThatIllegalStateException().isThrownBy(writer::prologue);
        assertThatIllegalStateException().isThrownBy(() -> writer.sealPage(buffer, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.beginPiece(buffer, 0, 0));
        writer.beginPiece(buffer, 0, 2);
        writer.sealPage(buffer, MtfWriter.SLOT);
        assertThatIllegalStateException().isThrownBy(() -> writer.beginPiece(buffer, 0, 1));
        assertThatIllegalStateException().isThrownBy(() -> writer.epilogue(HEADER));
        writer.sealPage(buffer, 2 * MtfWriter.SLOT);
        writer.epilogue(HEADER);
        assertThatIllegalStateException().isThrownBy(() -> writer.epilogue(HEADER));
        assertThatIllegalStateException().isThrownBy(() -> writer.beginPiece(buffer, 0, 1));
    }
}
