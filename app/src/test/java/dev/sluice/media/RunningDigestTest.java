package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

final class RunningDigestTest {

    private static final int CHUNK = RunningDigest.CHUNK_SIZE;

    @ParameterizedTest
    @CsvSource({"1,1", "4,1", "5,1", "6,2", "9,2", "10,2", "11,4", "23,8"})
    void aLongStreamGetsLargerChunksWhoseDigestsAreThoseOfThePrefixes(int chunks, int factor) {
        for (int more = 0; more <= 1; more++) {
            byte[] stream = TestSets.randomBytes(chunks * CHUNK - 1 + more, chunks + 1);
            assertDigests(stream, factor * CHUNK);
        }
    }

    private static void assertDigests(byte[] stream, int chunkSize) {
        RunningDigest digest = new RunningDigest(4);
        for (int from = 0; from < stream.length; from += 100_003) {
            digest.update(ByteBuffer.wrap(stream, from, Math.min(100_003, stream.length - from)));
        }

        Manifest.Stripe stripe = digest.describe("stripe-01.bak");

        assertThat(stripe.chunkSize()).isEqualTo(chunkSize);
        assertThat(stripe.sha256()).isEqualTo(Sha256.hex(Sha256.start().digest(stream)));
        for (int chunk = 0; chunk < stripe.chunkDigests().count(); chunk++) {
            MessageDigest prefix = Sha256.start();
            prefix.update(stream, 0, (chunk + 1) * chunkSize);
            assertThat(stripe.chunkDigests().matches(chunk, prefix.digest())).isTrue();
        }
    }
}
