package dev.sluice.media;

import static dev.sluice.media.ChunkDigests.DIGEST_BYTES;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The SHA-256 of a stream and its chunk digests, made in one pass while it is written. A long
 * stream gets larger chunks, so that its manifest stays small enough to be written and read.
 */
final class RunningDigest {

    /** Bytes of a chunk at first: what a reader can check, and so hand over, at a time. */
    static final int CHUNK_SIZE = 256 * 1024;

    /** Chunks of 256 KiB up to 64 GiB of stream, of 4 MiB at 1 TiB. */
    private static final int MAX_DIGESTS = 1 << 18;

    private final int maxDigests;
    private final MessageDigest digest = Sha256.start();
    private byte[] chunkDigests = new byte[64 * DIGEST_BYTES];
    private int count;
    private int chunkSize = CHUNK_SIZE;
    private long size;

    RunningDigest() {
        this(MAX_DIGESTS);
    }

    /**
     * @param maxDigests an even number: with more chunks than this their size is doubled
     */
    RunningDigest(int maxDigests) {
        this.maxDigests = maxDigests;
    }

    /** Takes the remaining bytes of a buffer, which is left as it was. */
    void update(ByteBuffer buffer) {
        int start = buffer.position();
        int end = buffer.limit();
        while (buffer.position() < end) {
            markChunk();
            int left = chunkSize - (int) (size % chunkSize);
            int length = Math.min(left, end - buffer.position());
            buffer.limit(buffer.position() + length);
            digest.update(buffer);
            buffer.limit(end);
            size += length;
        }
        buffer.position(start);
    }

    /** At the end of a chunk that more data follows: the last chunk gets no digest of its own. */
    private void markChunk() {
        if (size == 0 || size % chunkSize != 0) {
            return;
        }
        if (count == maxDigests && chunkSize < Manifest.Stripe.MAX_CHUNK_SIZE) {
            doubleChunks();
            // the chunk that ends here is now the first half of one
            return;
        }
        if (count * DIGEST_BYTES == chunkDigests.length) {
            chunkDigests = Arrays.copyOf(chunkDigests, 2 * chunkDigests.length);
        }
        System.arraycopy(Sha256.soFar(digest), 0, chunkDigests, count * DIGEST_BYTES, DIGEST_BYTES);
        count++;
    }

    /**
     * Each digest covers all before it, so every second one is that of a chunk of twice the size.
     */
    private void doubleChunks() {
        count /= 2;
        for (int i = 0; i < count; i++) {
            int from = (2 * i + 1) * DIGEST_BYTES;
            System.arraycopy(chunkDigests, from, chunkDigests, i * DIGEST_BYTES, DIGEST_BYTES);
        }
        chunkSize *= 2;
    }

    /** Bytes taken. */
    long size() {
        return size;
    }

    /** What the manifest records of the stream so far. */
    Manifest.Stripe describe(String name) {
        return new Manifest.Stripe(
                name,
                size,
                size,
                Sha256.hex(Sha256.soFar(digest)),
                chunkSize,
                new ChunkDigests(Arrays.copyOf(chunkDigests, count * DIGEST_BYTES)));
    }
}
