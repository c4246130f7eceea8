package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetVerifier;
import dev.sluice.media.StripeReader;
import dev.sluice.media.VerifyListener;
import dev.sluice.sql.BackupType;
import dev.sluice.transfer.DamagedDataException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Flips single bits of a set, one at a time: verify finds each, and no restore hands one over. */
@Tag("acceptance")
class BitFlipTest {

    private static final long SEED = 20261121;
    private static final int POSITIONS_PER_FILE = 180;
    private static final int RESTORES = 60;

    private final Random random = new Random(SEED);

    @Test
    @Timeout(300)
    void isFoundByVerifyAndBeforeTheDamagedChunkIsHandedOver(@TempDir Path home) throws Exception {
        try (EmbeddedBench bench = new EmbeddedBench(Provider.EMBEDDED, home)) {
            bench.createSample(1 << 20);
            Path set = bench.complete(bench.backup(BackupType.FULL, 2, 0));
            int positions = 0;
            for (Path file : files(set)) {
                byte[] original = Files.readAllBytes(file);
                for (int i = 0; i < POSITIONS_PER_FILE; i++) {
                    Flip flip = new Flip(file, random.nextInt(original.length), random.nextInt(8));
                    flip.toggle();
                    assertThat(verifyFinds(set)).as("%s", flip).isTrue();
                    assertReaderStopsBefore(set, flip, original);
                    flip.toggle();
                    positions++;
                }
                assertThat(Files.readAllBytes(file)).isEqualTo(original);
            }
            assertThat(positions).isGreaterThanOrEqualTo(500);
            assertThat(verifyFinds(set)).isFalse();
        }
    }

    @Test
    @Timeout(300)
    void endsARestoreThatLeavesNoDatabase(@TempDir Path home) throws Exception {
        try (EmbeddedBench bench = new EmbeddedBench(Provider.EMBEDDED, home)) {
            bench.createSample(1 << 20);
            Path set = bench.complete(bench.backup(BackupType.FULL, 2, 0));
            List<Path> files = files(set);
            for (int i = 0; i < RESTORES; i++) {
                Path file = files.get(i % files.size());
                Flip flip =
                        new Flip(file, random.nextInt((int) Files.size(file)), random.nextInt(8));
                flip.toggle();
                JobSnapshot end = bench.run(EmbeddedBench.restore(set, "Copy", false, 0));
                assertThat(end.state()).as("%s", flip).isEqualTo(JobState.FAILED);
                assertThat(end.result()).as("%s", flip).contains(file.getFileName().toString());
                assertThat(bench.database("Copy")).as("%s", flip).isNull();
                flip.toggle();
            }
            bench.complete(EmbeddedBench.restore(set, "Copy", false, 0));
            bench.assertEqual(EmbeddedBench.SAMPLE, "Copy");
            assertThat(bench.vdi.violations).isEmpty();
        }
    }

    private record Flip(Path file, long position, int bit) {

        void toggle() throws IOException {
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer octet = ByteBuffer.allocate(1);
                channel.read(octet, position);
                octet.put(0, (byte) (octet.get(0) ^ (1 << bit))).flip();
                channel.write(octet, position);
            }
        }
    }

    private static List<Path> files(Path set) throws IOException {
        try (Stream<Path> files = Files.list(set)) {
            return files.sorted().toList();
        }
    }

    private static boolean verifyFinds(Path set) throws InterruptedException {
        try {
            return !BackupSetVerifier.verify(BackupSet.open(set), VerifyListener.NONE)
                    .problems()
                    .isEmpty();
        } catch (IOException e) {
            // the manifest itself is not believed
            return true;
        }
    }

    /** Everything that is handed over is what was written; the damaged byte never is. */
    private static void assertReaderStopsBefore(Path directory, Flip flip, byte[] original)
            throws IOException {
        if (flip.file().endsWith("manifest.json")) {
            return;
        }
        BackupSet set = BackupSet.open(directory);
        List<StripeReader> readers = set.openStripes();
        for (int stripe = 0; stripe < readers.size(); stripe++) {
            try (StripeReader reader = readers.get(stripe)) {
                if (set.stripePath(stripe).equals(flip.file())) {
                    assertStopsBefore(reader, flip.position(), original);
                }
            }
        }
    }

    private static void assertStopsBefore(StripeReader reader, long position, byte[] original)
            throws IOException {
        ByteBuffer target = ByteBuffer.allocateDirect(65536);
        int given = 0;
        try {
            while (reader.read(target.clear()) > 0) {
                given = assertGood(target, original, given);
            }
            throw new AssertionError("the damage at " + position + " was handed over");
        } catch (DamagedDataException e) {
            // a read that fails may have filled a part of the buffer before
            given = assertGood(target, original, given);
            assertThat(given).isLessThanOrEqualTo((int) position);
            assertThat(e.offset()).isBetween((long) given, position);
        }
    }

    private static int assertGood(ByteBuffer target, byte[] original, int given) {
        target.flip();
        byte[] bytes = new byte[target.remaining()];
        target.get(bytes);
        int end = given + bytes.length;
        assertThat(Arrays.equals(bytes, 0, bytes.length, original, given, end)).isTrue();
        return end;
    }
}
