package dev.sluice.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The SHA-256 of a stream and its chunk digests, made in one pass while it is written. */
final class RunningDigest {

    /** Bytes of a chunk: what a reader can check, and so hand over, at a time. */
    static final int CHUNK_SIZE = 256 * 1024;

    private final MessageDigest digest = Sha256.start();
    private final ByteArrayOutputStream chunkDigests = new ByteArrayOutputStream();
    private long size;

    /** Takes the remaining bytes of a buffer, which is left as it was. */
    void update(ByteBuffer buffer) {
        int start = buffer.position();
        int end = buffer.limit();
        while (buffer.position() < end) {
            markChunk();
            int left = CHUNK_SIZE - (int) (size % CHUNK_SIZE);
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
        if (size > 0 && size % CHUNK_SIZE == 0) {
            chunkDigests.write(Sha256.soFar(digest), 0, ChunkDigests.DIGEST_BYTES);
        }
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
                CHUNK_SIZE,
                new ChunkDigests(chunkDigests.toByteArray()));
    }
}
