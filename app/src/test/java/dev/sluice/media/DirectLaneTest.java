package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

final class DirectLaneTest {

    private static final int UNIT = 4096;

    @TempDir Path folder;

    @Test
    void largeAndSmallAlignedAndOddWritesMakeOneStream() throws Exception {
        Random random = new Random(8);
        BackupSetWriter writer = TestSets.create(folder, 1);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int i = 0; i < 60; i++) {
            ByteBuffer first = buffer(random, i % 5 == 4 ? 512 : UNIT * (1 + random.nextInt(100)));
            ByteBuffer second = buffer(random, i % 5 == 4 ? 3584 : UNIT * random.nextInt(100));
            remember(first, sent);
            if (i % 7 == 0) {
                writer.stripes().getFirst().write(new ByteBuffer[] {first}, 1);
                continue;
            }
            remember(second, sent);
            writer.stripes().getFirst().write(new ByteBuffer[] {first, second}, 2);
        }
        writer.stripes().getFirst().flush();
        writer.commit(TestSets.FACTS);

        BackupSet set = BackupSet.open(writer.directory());
        assertThat(Files.readAllBytes(set.stripePath(0))).isEqualTo(sent.toByteArray());
        assertThat(BackupSetVerifier.verify(set, VerifyListener.NONE).isGood()).isTrue();
    }

    @Test
    void takesLargeAlignedTransfersOnly() throws IOException {
        Path file = Files.createFile(folder.resolve("f"));
        @Nullable DirectLane lane = DirectLane.open(file);
        assumeTrue(lane != null, "this file system has no way past the page cache");
        try (lane) {
            ByteBuffer large = aligned(1 << 20);
            ByteBuffer small = aligned(65_536);

            assertThat(lane.takes(new ByteBuffer[] {large}, 1, 0)).isTrue();
            assertThat(lane.takes(new ByteBuffer[] {small, large}, 2, 1 << 20)).isTrue();
            assertThat(lane.takes(new ByteBuffer[] {large}, 1, 512)).isFalse();
            assertThat(lane.takes(new ByteBuffer[] {small}, 1, 0)).isFalse();
            assertThat(lane.takes(new ByteBuffer[] {large.position(8)}, 1, 0)).isFalse();
            assertThat(lane.takes(new ByteBuffer[] {ByteBuffer.allocate(1 << 20)}, 1, 0)).isFalse();
        }
    }

    @Test
    void aLaneThatRefusesIsLeftForTheOrdinaryWay() throws Exception {
        Path file = Files.createFile(folder.resolve("f"));
        assumeTrue(DirectLane.open(file) != null, "no way past the page cache here");
        FileChannel direct =
                FileChannel.open(file, StandardOpenOption.WRITE, DirectLane.directOption());
        // it thinks that blocks of 512 bytes will do
        DirectLane lane = new DirectLane(direct, 512);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        StripeWriter writer = new StripeWriter(new StripeFile(file, channel, lane));
        ByteBuffer odd = buffer(new Random(1), (1 << 20) + 512);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            remember(odd.rewind(), sent);
            writer.write(new ByteBuffer[] {odd}, 1);
        }
        writer.finish("stripe-01.bak");
        writer.file().close();

        assertThat(Files.readAllBytes(file)).isEqualTo(sent.toByteArray());
    }

    private static void remember(ByteBuffer buffer, ByteArrayOutputStream sent) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        sent.writeBytes(bytes);
    }

    private static ByteBuffer buffer(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return aligned(size).put(bytes).flip();
    }

    private static ByteBuffer aligned(int size) {
        return ByteBuffer.allocateDirect(size + 2 * UNIT).alignedSlice(UNIT).limit(size);
    }
}
