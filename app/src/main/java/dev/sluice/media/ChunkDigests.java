package dev.sluice.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The chunk digests of a stripe: for each chunk but the last, the first 16 bytes of the SHA-256 of
 * the stream from its beginning up to that chunk's end. The last chunk is covered by the stripe's
 * own SHA-256, which is the next value of the same series. So one pass makes them all, and a reader
 * that hashes along can check each chunk before it hands it on. Immutable.
 *
 * <p>In the manifest they are one Base64 text.
 */
public final class ChunkDigests {

    /** Bytes kept of each digest: forging or missing a change remains out of reach. */
    public static final int DIGEST_BYTES = 16;

    private final byte[] digests;

    /** Takes over the digests one behind the other; the array must not be changed any more. */
    @JsonCreator
    ChunkDigests(byte[] digests) {
        if (digests.length % DIGEST_BYTES != 0) {
            throw new IllegalArgumentException(
                    "%d bytes of chunk digests are no multiple of %d"
                            .formatted(digests.length, DIGEST_BYTES));
        }
        this.digests = digests;
    }

    /** The number of digests: one less than the number of chunks. */
    public int count() {
        return digests.length / DIGEST_BYTES;
    }

    /** Whether a digest of the stream up to the end of a chunk, from 0, is the recorded one. */
    boolean matches(int chunk, byte[] digest) {
        int from = chunk * DIGEST_BYTES;
        return Arrays.equals(digests, from, from + DIGEST_BYTES, digest, 0, DIGEST_BYTES);
    }

    @JsonValue
    byte[] bytes() {
        return digests;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChunkDigests that && Arrays.equals(digests, that.digests);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digests);
    }

    @Override
    public String toString() {
        return count() + " chunk digests";
    }
}
