package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.transfer.DamagedDataException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

final class StripeReaderTest {

    private static final int CHUNK = RunningDigest.CHUNK_SIZE;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK - 1, 5 * CHUNK + 4711})
    void everyLengthReadsBackWhole(int length) throws IOException {
        byte[] stream = TestSets.randomBytes(length, length);
        BackupSet set = TestSets.write(folder, stream);

        assertThat(read(set, 1 << 20)).isEqualTo(stream);
        assertThat(read(set, CHUNK)).isEqualTo(stream);
        assertThat(read(set, 65_537)).isEqualTo(stream);
    }

    @Test
    void randomReadSizesReproduceTheBytes() throws IOException {
        byte[] stream = TestSets.randomBytes(4 * CHUNK + 12_345, 7);
        BackupSet set = TestSets.write(folder, stream);
        Random random = new Random(11);
        for (int round = 0; round < 50; round++) {
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            assertThat(readUntilFailure(set, random, got)).isNull();
            assertThat(got.toByteArray()).isEqualTo(stream);
        }
    }

    @Test
    void fillsTheWholeBufferWheneverDataExists() throws IOException {
        BackupSet set = TestSets.write(folder, new byte[2 * CHUNK + 10]);
        try (StripeReader reader = set.openStripes().getFirst()) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK + 5);

            assertThat(reader.read(buffer.clear())).isEqualTo(CHUNK + 5);
            assertThat(reader.read(buffer.clear())).isEqualTo(CHUNK + 5);
            assertThat(reader.read(buffer.clear())).isZero();
            assertThat(reader.read(buffer.clear())).isZero();
        }
    }

    @Test
    void anyFlippedBitIsFoundBeforeItsChunkIsHandedOver() throws IOException {
        byte[] stream = TestSets.randomBytes(4 * CHUNK + 999, 3);
        BackupSet set = TestSets.write(folder, stream);
        Random random = new Random(5);
        for (int sample = 0; sample < 600; sample++) {
            // every second one in the last chunk, which only the whole digest covers
            int position =
                    sample % 2 == 0
                            ? random.nextInt(stream.length)
                            : stream.length - 1 - random.nextInt(stream.length % CHUNK);
            int bit = random.nextInt(8);
            flip(set.stripePath(0), position, bit);

            ByteArrayOutputStream got = new ByteArrayOutputStream();
            DamagedDataException damage =
                    Objects.requireNonNull(
                            readUntilFailure(set, random, got),
                            () -> "bit %d of byte %d".formatted(bit, position));

            int chunkStart = position / CHUNK * CHUNK;
            assertThat(damage.offset()).isEqualTo(chunkStart);
            assertThat(damage)
                    .hasMessageContaining("stripe-01.bak")
                    .hasMessageContaining("chunk " + position / CHUNK);
            assertThat(got.toByteArray()).isEqualTo(Arrays.copyOf(stream, chunkStart));
            flip(set.stripePath(0), position, bit);
        }
    }

    @Test
    void nothingOfADamagedChunkStaysInTheBuffer() throws IOException {
        byte[] stream = TestSets.randomBytes(3 * CHUNK, 3);
        BackupSet set = TestSets.write(folder, stream);
        flip(set.stripePath(0), CHUNK + 5, 0);
        ByteBuffer buffer = ByteBuffer.allocateDirect(3 * CHUNK);
        try (StripeReader reader = set.openStripes().getFirst()) {

            assertThatThrownBy(() -> reader.read(buffer)).isInstanceOf(DamagedDataException.class);
        }
        byte[] left = new byte[3 * CHUNK];
        buffer.get(0, left);
        assertThat(buffer.position()).isEqualTo(CHUNK);
        assertThat(buffer.limit()).isEqualTo(3 * CHUNK);
        assertThat(left).isEqualTo(Arrays.copyOf(Arrays.copyOf(stream, CHUNK), 3 * CHUNK));
    }

    @Test
    void aReaderThatMetDamageGivesNothingMore() throws IOException {
        BackupSet set = TestSets.write(folder, new byte[3 * CHUNK]);
        flip(set.stripePath(0), 0, 0);
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        try (StripeReader reader = set.openStripes().getFirst()) {
            Throwable first = catchThrowableOfType(IOException.class, () -> reader.read(buffer));
            assertThatThrownBy(() -> reader.read(buffer.clear())).isSameAs(first);
        }
    }

    @Test
    void swappedChunksAreFound() throws IOException {
        byte[] stream = TestSets.randomBytes(3 * CHUNK, 3);
        BackupSet set = TestSets.write(folder, stream);
        byte[] swapped = stream.clone();
        System.arraycopy(stream, 0, swapped, CHUNK, CHUNK);
        System.arraycopy(stream, CHUNK, swapped, 0, CHUNK);
        Files.write(set.stripePath(0), swapped);

        assertThatThrownBy(() -> read(set, CHUNK)).isInstanceOf(DamagedDataException.class);
    }

    @Test
    void aFileThatGrowsAfterOpeningIsDamaged() throws IOException {
        BackupSet set = TestSets.write(folder, new byte[1000]);
        Files.write(set.stripePath(0), new byte[1], StandardOpenOption.APPEND);

        assertThatThrownBy(() -> read(set, CHUNK)).hasMessageContaining("1 bytes follow");
    }

    @Test
    void aFileThatShrinksAfterOpeningIsDamaged() throws IOException {
        BackupSet set = TestSets.write(folder, new byte[2 * CHUNK]);
        truncate(set.stripePath(0), CHUNK + 77);

        assertThatThrownBy(() -> read(set, CHUNK))
                .isInstanceOf(DamagedDataException.class)
                .hasMessageContaining("ends after %d bytes".formatted(CHUNK + 77));
    }

    @Test
    void anInterruptedReaderFailsAndSaysSo() throws Exception {
        BackupSet set = TestSets.write(folder, new byte[2 * CHUNK]);
        ByteBuffer nothingBuffered = ByteBuffer.allocateDirect(CHUNK);
        FileChannel channel = FileChannel.open(set.stripePath(0), StandardOpenOption.READ);
        StripeReader reader =
                new StripeReader(
                        new StripeFile(set.stripePath(0), channel),
                        set.manifest().stripes().getFirst());

        reader.interrupt();
        while (channel.isOpen()) {
            Thread.onSpinWait();
        }

        assertThatThrownBy(() -> reader.read(nothingBuffered))
                .hasMessageContaining("interrupted")
                .hasMessageContaining("stripe-01.bak");
    }

    /** Reads in random sizes; returns the damage that ended it, or null at the end. */
    private static @Nullable DamagedDataException readUntilFailure(
            BackupSet set, Random random, ByteArrayOutputStream got) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(3 * CHUNK);
        try (StripeReader reader = set.openStripes().getFirst()) {
            while (true) {
                buffer.clear().limit(1 + random.nextInt(buffer.capacity()));
                boolean end = false;
                @Nullable DamagedDataException damage = null;
                try {
                    end = reader.read(buffer) == 0;
                } catch (DamagedDataException e) {
                    damage = e;
                }
                byte[] part = new byte[buffer.flip().remaining()];
                buffer.get(part);
                got.write(part);
                if (end || damage != null) {
                    return damage;
                }
            }
        }
    }

    private static byte[] read(BackupSet set, int size) throws IOException {
        try (StripeReader reader = set.openStripes().getFirst()) {
            return TestSets.readAll(reader, size);
        }
    }

    static void flip(Path file, long position, int bit) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte) (one.get(0) ^ 1 << bit));
            channel.write(one.flip(), position);
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }
}
