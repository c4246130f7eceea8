package dev.sluice.media;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.SqlMessage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;

/** Makes backup sets for tests. */
public final class TestSets {

    static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 4, 5, 6, 7);
    static final ManifestFacts FACTS =
            new ManifestFacts(
                    "0.1.0",
                    null,
                    null,
                    false,
                    "BACKUP DATABASE [Sales] TO VIRTUAL_DEVICE='x'",
                    65536,
                    1 << 20,
                    List.of(new SqlMessage(3014, 0, 1, "BACKUP DATABASE successfully processed")),
                    "the user",
                    Instant.parse("2026-03-04T05:06:07Z"),
                    Instant.parse("2026-03-04T05:06:09Z"));

    private TestSets() {}

    /** The same of a part of the database. */
    static ManifestFacts facts(String scope) {
        return new ManifestFacts(
                FACTS.toolVersion(),
                FACTS.instance(),
                scope,
                FACTS.copyOnly(),
                FACTS.statement(),
                FACTS.blockSize(),
                FACTS.maxTransferSize(),
                FACTS.messages(),
                FACTS.trigger(),
                FACTS.started(),
                FACTS.finished());
    }

    static byte[] randomBytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static BackupSetWriter create(Path destination, int devices) throws IOException {
        return BackupSetWriter.create(
                destination, "embedded", "Sales", BackupType.FULL, devices, NOW);
    }

    /** Writes and commits a set with these streams. */
    public static BackupSet write(Path destination, byte[]... streams) throws IOException {
        BackupSetWriter writer = create(destination, streams.length);
        for (int i = 0; i < streams.length; i++) {
            write(writer.stripes().get(i), streams[i]);
        }
        writer.commit(FACTS);
        return BackupSet.open(writer.directory());
    }

    /** Writes a stream in two buffers of odd sizes at a time. */
    static void write(StripeWriter stripe, byte[] stream) throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(stream.length).put(stream).flip();
        while (direct.hasRemaining()) {
            ByteBuffer first = take(direct, 100_003);
            ByteBuffer second = take(direct, 333_331);
            stripe.write(new ByteBuffer[] {first, second}, 2);
        }
        stripe.flush();
    }

    private static ByteBuffer take(ByteBuffer from, int length) {
        int taken = Math.min(length, from.remaining());
        ByteBuffer slice = from.slice(from.position(), taken);
        from.position(from.position() + taken);
        return slice;
    }

    /** Reads a stripe to its end in one size. */
    static byte[] readAll(StripeReader reader, int size) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) reader.size());
        ByteBuffer part = ByteBuffer.allocateDirect(size);
        while (reader.read(part.clear()) > 0) {
            all.put(part.flip());
        }
        return all.array();
    }
}
