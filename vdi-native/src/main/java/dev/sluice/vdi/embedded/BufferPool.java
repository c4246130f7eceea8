package dev.sluice.vdi.embedded;

import org.jspecify.annotations.Nullable;

/** The free buffers of one size and alignment. Guarded by the set's monitor. */
final class BufferPool {

    private final BufferRequest shape;
    private final @Nullable AreaBuffer[] free;
    private int count;

    BufferPool(BufferRequest shape) {
        this.shape = shape;
        this.free = new AreaBuffer[shape.count()];
    }

    int size() {
        return shape.size();
    }

    int available() {
        return count;
    }

    boolean fits(int size, int alignment) {
        return size <= shape.size() && alignment <= shape.alignment();
    }

    void give(AreaBuffer buffer) {
        free[count++] = buffer;
    }

    /** The buffer used last, whose memory is most likely still in the cache; null when empty. */
    @Nullable AreaBuffer take() {
        if (count == 0) {
            return null;
        }
        AreaBuffer taken = free[--count];
        free[count] = null;
        return taken;
    }
}
