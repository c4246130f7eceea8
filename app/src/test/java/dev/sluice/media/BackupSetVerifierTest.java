package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

final class BackupSetVerifierTest {

    private static final int CHUNK = RunningDigest.CHUNK_SIZE;

    @TempDir Path folder;

    @Test
    void findsAnyFlippedBitWithStripeAndOffset() throws Exception {
        int[] sizes = {2 * CHUNK + 5000, CHUNK, 333};
        BackupSet set =
                TestSets.write(
                        folder,
                        TestSets.randomBytes(sizes[0], 1),
                        TestSets.randomBytes(sizes[1], 2),
                        TestSets.randomBytes(sizes[2], 3));
        Random random = new Random(9);
        for (int sample = 0; sample < 500; sample++) {
            int stripe = sample % 3;
            int position = random.nextInt(sizes[stripe]);
            int bit = random.nextInt(8);
            StripeReaderTest.flip(set.stripePath(stripe), position, bit);

            VerifyReport report = BackupSetVerifier.verify(set, VerifyListener.NONE);

            assertThat(report.problems())
                    .as("bit %d of byte %d in stripe %d", bit, position, stripe)
                    .anySatisfy(
                            problem -> {
                                assertThat(problem.stripe())
                                        .isEqualTo("stripe-%02d.bak".formatted(stripe + 1));
                                assertThat(problem.offset()).isEqualTo(position - position % CHUNK);
                            });
            StripeReaderTest.flip(set.stripePath(stripe), position, bit);
        }
    }

    @Test
    void tellsOfEachDamagedStripe() throws Exception {
        BackupSet set = TestSets.write(folder, new byte[9], new byte[CHUNK + 1], new byte[9]);
        StripeReaderTest.flip(set.stripePath(0), 3, 0);
        Files.delete(set.stripePath(2));

        VerifyReport report = BackupSetVerifier.verify(set, VerifyListener.NONE);

        assertThat(report.isGood()).isFalse();
        assertThat(report.problems())
                .extracting(VerifyReport.Problem::stripe)
                .contains("stripe-01.bak", "stripe-03.bak");
        assertThat(report.problems()).allMatch(VerifyReport.Problem::damage);
    }

    @Test
    void aStripeThatIsGoneWithItsFolderIsNoDamage() throws Exception {
        BackupSet set = TestSets.write(folder.resolve("share"), new byte[9], new byte[9]);
        Files.move(folder.resolve("share"), folder.resolve("gone"));

        VerifyReport report = BackupSetVerifier.verify(set, VerifyListener.NONE);

        assertThat(report.problems()).hasSize(2).noneMatch(VerifyReport.Problem::damage);
        assertThat(report.isGood()).isFalse();
        assertThat(report.isDamaged()).isFalse();
    }

    @Test
    void countsTheBytesUpToTheTotal() throws Exception {
        BackupSet set = TestSets.write(folder, new byte[5_000_000], new byte[3_000_000]);
        AtomicLong most = new AtomicLong();

        VerifyReport report =
                BackupSetVerifier.verify(
                        set,
                        (done, total) -> {
                            assertThat(total).isEqualTo(8_000_000);
                            most.accumulateAndGet(done, Math::max);
                            return true;
                        });

        assertThat(most).hasValue(8_000_000);
        assertThat(report.bytes()).isEqualTo(8_000_000);
    }

    @Test
    void stopsWhenTheListenerSaysSo() throws Exception {
        BackupSet set = TestSets.write(folder, new byte[5_000_000]);

        VerifyReport report = BackupSetVerifier.verify(set, (done, total) -> false);

        assertThat(report.cancelled()).isTrue();
        assertThat(report.isGood()).isFalse();
        assertThat(report.bytes()).isLessThan(5_000_000);
    }
}
