package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/**
 * The unread bytes of a stream that arrives in chunks. What lies whole in a chunk is read in place;
 * only what straddles two chunks is put together in memory of our own. One thread.
 */
final class ChunkWindow {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer held = ByteBuffer.allocate(PageLayout.SIZE);
    private int heldBytes;
    private ByteBuffer chunk = NOTHING;
    private int at;
    private int end;

    /** Takes the remaining bytes of a chunk; those of the one before must be used up. */
    void begin(ByteBuffer next) {
        chunk = next;
        at = next.position();
        end = next.limit();
    }

    /** Forgets the chunk: its memory may not be touched after the feed. */
    void end() {
        chunk = NOTHING;
        at = 0;
        end = 0;
    }

    /** The next {@code count} bytes lie at {@link #index()} of {@link #data()}. */
    boolean has(int count) {
        if (heldBytes == 0 && end - at >= count) {
            return true;
        }
        hold(Math.min(count - heldBytes, end - at), count);
        return heldBytes == count;
    }

    private void hold(int bytes, int count) {
        reserve(heldBytes + bytes, count);
        held.put(heldBytes, chunk, at, bytes);
        heldBytes += bytes;
        at += bytes;
    }

    private void reserve(int bytes, int count) {
        if (bytes > held.capacity()) {
            int capacity = Math.max(bytes, Math.min(count, 2 * held.capacity()));
            held = ByteBuffer.allocate(capacity).put(0, held, 0, heldBytes);
        }
    }

    ByteBuffer data() {
        return heldBytes == 0 ? chunk : held;
    }

    int index() {
        return heldBytes == 0 ? at : 0;
    }

    /** Takes the bytes {@link #has} found; all of them. */
    void consume(int count) {
        if (heldBytes == 0) {
            at += count;
        } else {
            heldBytes = 0;
        }
    }

    /** Passes over up to {@code count} bytes of the chunk; returns how many. */
    int skip(long count) {
        int skipped = (int) Math.min(count, end - at);
        at += skipped;
        return skipped;
    }

    /** Bytes received and not yet taken. */
    int pending() {
        return heldBytes;
    }
}
