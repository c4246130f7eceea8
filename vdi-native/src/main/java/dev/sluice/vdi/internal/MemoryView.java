package dev.sluice.vdi.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One end's view of the shared memory. Buffers of a closed view refuse access with an {@link
 * IllegalStateException}, while the memory itself and the other end's view live on. Safe from any
 * thread.
 */
public final class MemoryView {

    private final Arena arena = Arena.ofShared();

    /** The same memory, with this view's life time. */
    public MemorySegment of(MemorySegment memory) {
        return of(memory.address(), memory.byteSize());
    }

    /**
     * Memory with this view's life time. The caller answers for the address and the size: nothing
     * tells whether memory is there.
     */
    public MemorySegment of(long address, long size) {
        return MemorySegment.ofAddress(address).reinterpret(size, arena, null);
    }

    /**
     * Ends the view. While an I/O call works on one of its buffers the arena cannot be closed, and
     * this method waits for that call: memory is never taken away under a living thread. An
     * interrupt does not end the wait; it is restored on return.
     */
    public void close(TimeSource time) {
        boolean interrupted = false;
        while (!tryClose()) {
            time.pause();
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
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
