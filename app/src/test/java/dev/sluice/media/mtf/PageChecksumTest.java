package dev.sluice.media.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

class PageChecksumTest {

    @Test
    void isTheRotatedXorOfTheSectors() {
        ByteBuffer page = SampleBackup.page(7);
        assertThat(PageChecksum.of(page, 0)).isEqualTo(slowChecksum(page));
    }

    /** The definition, word by word. */
    private static int slowChecksum(ByteBuffer page) {
        ByteBuffer words = page.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int checksum = 0;
        for (int sector = 0; sector < 16; sector++) {
            int xor = 0;
            for (int word = 0; word < 128; word++) {
                int at = sector * 512 + word * 4;
                xor ^= at == 60 ? 0 : words.getInt(at);
            }
            checksum ^= Integer.rotateLeft(xor, 15 - sector);
        }
        return checksum;
    }

    @Test
    void isTheSameInAnyBufferAtAnyOffset() {
        ByteBuffer page = SampleBackup.page(7);
        ByteBuffer direct = ByteBuffer.allocateDirect(PageLayout.SIZE + 13);
        direct.put(13, page, 0, PageLayout.SIZE);
        assertThat(PageChecksum.of(direct, 13)).isEqualTo(PageChecksum.of(page, 0));
        assertThat(PageChecksum.verify(direct.order(ByteOrder.LITTLE_ENDIAN), 13))
                .isEqualTo(PageChecksum.Verdict.RIGHT);
    }

    @Test
    void everyFlippedBitOfASealedPageIsFound() {
        ByteBuffer page = SampleBackup.page(7);
        for (int bit = 0; bit < PageLayout.SIZE * 8; bit++) {
            flip(page, bit);
            assertThat(PageChecksum.verify(page, 0))
                    .as("bit %d", bit)
                    .isEqualTo(PageChecksum.Verdict.WRONG);
            flip(page, bit);
        }
        assertThat(PageChecksum.verify(page, 0)).isEqualTo(PageChecksum.Verdict.RIGHT);
    }

    private static void flip(ByteBuffer page, int bit) {
        page.put(bit / 8, (byte) (page.get(bit / 8) ^ (1 << (bit % 8))));
    }

    @Test
    void pagesNeverFormattedHaveNoChecksumToBeWrong() {
        ByteBuffer foreign = ByteBuffer.allocate(PageLayout.SIZE);
        assertThat(PageChecksum.verify(foreign, 0)).isEqualTo(PageChecksum.Verdict.NONE);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < PageLayout.SIZE; i += Long.BYTES) {
            foreign.putLong(i, random.nextLong());
        }
        assertThat(PageLayout.version(foreign, 0)).isNotEqualTo(PageLayout.HEADER_VERSION);
        assertThat(PageChecksum.verify(foreign, 0)).isEqualTo(PageChecksum.Verdict.NONE);
    }

    @Test
    void aStreamSumOfPagesIsThatOfTheirSectors() {
        ByteBuffer pages = ByteBuffer.allocate(2 * PageLayout.SIZE);
        pages.put(0, SampleBackup.page(1), 0, PageLayout.SIZE);
        pages.put(PageLayout.SIZE, SampleBackup.page(2), 0, PageLayout.SIZE);
        StreamChecksum bySectors = new StreamChecksum();
        bySectors.add(pages, 0, 2 * PageLayout.SIZE);
        StreamChecksum byPages = new StreamChecksum();
        byPages.addPage(PageChecksum.sealAndSum(pages, 0));
        byPages.addPage(PageChecksum.sum(pages, PageLayout.SIZE));
        assertThat(byPages.value()).isEqualTo(bySectors.value());
    }

    @Test
    void headerFieldsReadBackAsWritten() {
        ByteBuffer page = SampleBackup.page(3);
        PageLayout.writeHeader(page, 0, 11, 0xFFFE, 0xFFFF_FFFEL, new Lsn(1, 0xFFFF_FFFFL, 3));
        assertThat(PageLayout.version(page, 0)).isEqualTo(1);
        assertThat(PageLayout.type(page, 0)).isEqualTo(11);
        assertThat(PageLayout.file(page, 0)).isEqualTo(0xFFFE);
        assertThat(PageLayout.page(page, 0)).isEqualTo(0xFFFF_FFFEL);
        assertThat(PageLayout.lsn(page, 0)).isEqualTo(new Lsn(1, 0xFFFF_FFFFL, 3));
        assertThat(PageLayout.flags(page, 0) & PageLayout.CHECKSUM_FLAG).isZero();
    }
}
