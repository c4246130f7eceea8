package dev.sluice.vdi.embedded;

import dev.sluice.vdi.internal.MemoryView;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The shared memory of a set, cut into buffers:
 *
 * <pre>
 *  | slack | prefix 0 | data 0 ... | slack | prefix 1 | data 1 ... | slack | ...
 *                     ^ aligned                       ^ aligned
 * </pre>
 *
 * Guarded by the set's monitor; {@link #buffers()} may be read by anyone. The memory is given back
 * by {@link #release()} and never before.
 */
final class BufferArea {

    private final int prefixSize;
    private final List<Arena> arenas = new ArrayList<>();
    private final List<BufferPool> pools = new ArrayList<>();
    private volatile AreaBuffer[] buffers = {};
    private long bytes;

    BufferArea(int prefixSize) {
        this.prefixSize = prefixSize;
    }

    /**
     * Adds buffers; all of them or none.
     *
     * @return false when the memory cannot be had
     */
    boolean extend(List<BufferRequest> requests, MemoryView serverView) {
        long more = 0;
        for (BufferRequest request : requests) {
            more += request.bytes(prefixSize);
        }
        // the size of the area is reported in 32 bits
        if (bytes + more > Integer.MAX_VALUE) {
            return false;
        }
        Arena arena = Arena.ofShared();
        try {
            List<MemorySegment> memory = allocate(requests, arena);
            arenas.add(arena);
            bytes += more;
            for (int i = 0; i < memory.size(); i++) {
                cut(memory.get(i), requests.get(i), serverView);
            }
            return true;
        } catch (OutOfMemoryError tooMuch) {
            arena.close();
            return false;
        }
    }

    private List<MemorySegment> allocate(List<BufferRequest> requests, Arena arena) {
        List<MemorySegment> memory = new ArrayList<>();
        for (BufferRequest request : requests) {
            memory.add(arena.allocate(request.bytes(prefixSize), request.alignment()));
        }
        return memory;
    }

    private void cut(MemorySegment memory, BufferRequest request, MemoryView serverView) {
        BufferPool pool = new BufferPool(request);
        AreaBuffer[] all = Arrays.copyOf(buffers, buffers.length + request.count());
        // given in reverse, so that they are handed out in the order of their numbers
        for (int i = request.count() - 1; i >= 0; i--) {
            long data = request.firstData(prefixSize) + i * request.stride(prefixSize);
            int id = buffers.length + i;
            AreaBuffer buffer =
                    new AreaBuffer(
                            id,
                            pool,
                            memory.asSlice(data - prefixSize, prefixSize),
                            memory.asSlice(data, request.size()),
                            serverView);
            all[id] = buffer;
            pool.give(buffer);
        }
        pools.add(pool);
        pools.sort(Comparator.comparingInt(BufferPool::size));
        buffers = all;
    }

    /** A free buffer of the smallest fitting size, or null. */
    @Nullable AreaBuffer allocate(int size, int alignment) {
        for (int i = 0; i < pools.size(); i++) {
            BufferPool pool = pools.get(i);
            AreaBuffer taken = pool.fits(size, alignment) ? pool.take() : null;
            if (taken != null) {
                taken.allocate(size);
                return taken;
            }
        }
        return null;
    }

    /** How many buffers of this size and alignment are free. */
    int available(int size, int alignment) {
        int available = 0;
        for (BufferPool pool : pools) {
            if (pool.fits(size, alignment)) {
                available += pool.available();
            }
        }
        return available;
    }

    /** Whether an object is one of this area's buffers. */
    boolean owns(AreaBuffer buffer) {
        AreaBuffer[] all = buffers;
        return buffer.id() < all.length && all[buffer.id()] == buffer;
    }

    /** Whether an address lies in the data of a buffer. */
    boolean contains(long address) {
        for (AreaBuffer buffer : buffers) {
            if (buffer.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** The buffers by number; the array is replaced, never changed. */
    AreaBuffer[] buffers() {
        return buffers;
    }

    /** Bytes of the area, slack included. */
    int bytes() {
        return Math.toIntExact(bytes);
    }

    /** Gives the memory back; no view of it may be open any more. */
    void release() {
        arenas.forEach(Arena::close);
        arenas.clear();
    }
}
