package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.transfer.StorageFullException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

@Timeout(60)
final class StripeWriterTest {

    @TempDir Path folder;

    @Test
    void theStripesDigestIsThatOfTheFile() throws IOException {
        byte[] stream = TestSets.randomBytes(1_234_567, 1);
        StripeWriter writer = open(folder.resolve("s"));
        TestSets.write(writer, stream);

        Manifest.Stripe stripe = writer.finish("stripe-01.bak");

        assertThat(stripe.sha256()).isEqualTo(Sha256.hex(Sha256.start().digest(stream)));
        assertThat(stripe.storedSize()).isEqualTo(stream.length);
        assertThat(Files.readAllBytes(folder.resolve("s"))).isEqualTo(stream);
        writer.file().close();
    }

    @Test
    void chunkDigestsAreThoseOfThePrefixes() throws IOException {
        byte[] stream = TestSets.randomBytes(RunningDigest.CHUNK_SIZE * 3 + 1, 1);
        StripeWriter writer = open(folder.resolve("s"));
        TestSets.write(writer, stream);

        ChunkDigests digests = writer.finish("stripe-01.bak").chunkDigests();

        assertThat(digests.count()).isEqualTo(3);
        for (int chunk = 0; chunk < 3; chunk++) {
            var prefix = Sha256.start();
            prefix.update(stream, 0, (chunk + 1) * RunningDigest.CHUNK_SIZE);
            assertThat(digests.matches(chunk, prefix.digest())).as("chunk %d", chunk).isTrue();
        }
        writer.file().close();
    }

    @Test
    void takesEmptyBuffersAndConsumesAllToTheirLimits() throws IOException {
        StripeWriter writer = open(folder.resolve("s"));
        ByteBuffer[] buffers = {
            ByteBuffer.allocateDirect(0), ByteBuffer.allocateDirect(5), ByteBuffer.allocateDirect(9)
        };
        buffers[1].limit(3);

        writer.write(buffers, 2);

        assertThat(buffers[1].position()).isEqualTo(3);
        assertThat(buffers[2].position()).isZero();
        assertThat(folder.resolve("s")).hasSize(3);
        writer.file().close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsToldAsSuch() throws IOException {
        StripeWriter writer = open(Path.of("/dev/full"));

        assertThatThrownBy(() -> writer.write(new ByteBuffer[] {ByteBuffer.allocate(4096)}, 1))
                .isInstanceOf(StorageFullException.class)
                .hasMessageContaining("/dev/full")
                .hasMessageContaining("4096 bytes");
        assertThatThrownBy(writer::flush).hasMessageContaining("not whole");
        assertThatThrownBy(() -> writer.finish("stripe-01.bak")).hasMessageContaining("not whole");
        writer.file().close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aWriteThatIsStuckCanBeInterrupted() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        // a reader that never reads: the pipe fills and the write does not return
        try (FileChannel reader =
                FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            StripeWriter writer = open(pipe);
            ByteBuffer large = ByteBuffer.allocateDirect(8 << 20);
            CompletableFuture<Void> write =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    writer.write(new ByteBuffer[] {large}, 1);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            // the first bytes have come through, and there is no room for all of them
            ByteBuffer one = ByteBuffer.allocate(1);
            while (reader.read(one) < 1) {}

            writer.interrupt();

            assertThatThrownBy(() -> write.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasStackTraceContaining("the I/O was interrupted");
            assertThat(reader.isOpen()).isTrue();
        }
    }

    private static StripeWriter open(Path path) throws IOException {
        FileChannel channel =
                Files.exists(path)
                        ? FileChannel.open(path, StandardOpenOption.WRITE)
                        : FileChannel.open(
                                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new StripeWriter(new StripeFile(path, channel));
    }
}
