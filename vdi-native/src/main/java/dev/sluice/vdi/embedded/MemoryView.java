package dev.sluice.vdi.embedded;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One end's view of the shared memory. Buffers of a closed view refuse access with an {@link
 * IllegalStateException}, while the memory itself and the other end's view live on. Safe from any
 * thread.
 */
final class MemoryView {

    private final Arena arena = Arena.ofShared();

    /** The same memory, with this view's life time. */
    @SuppressWarnings("restricted") // address and size are those of a live segment of the set
    MemorySegment of(MemorySegment memory) {
        return MemorySegment.ofAddress(memory.address())
                .reinterpret(memory.byteSize(), arena, null);
    }

    /**
     * Ends the view. While an I/O call works on one of its buffers the arena cannot be closed, and
     * this method waits for that call: memory is never taken away under a living thread.
     */
    void close(TimeSource time) {
        while (!tryClose()) {
            time.pause();
        }
    }

    private boolean tryClose() {
        try {
            arena.close();
            return true;
        } catch (IllegalStateException heldByCall) {
            return !arena.scope().isAlive();
        }
    }
}
