package dev.sluice.vdi.embedded;

import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.DeviceSetObservation.Holder;
import dev.sluice.vdi.internal.MemoryView;
import dev.sluice.vdi.server.SharedBuffer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * One shared buffer: its memory, the server's view of it, and who holds it. Changed inside the
 * set's monitor; the holder may be read by anyone.
 */
final class AreaBuffer implements SharedBuffer {

    private final int id;
    private final BufferPool pool;
    private final MemorySegment prefix;
    private final MemorySegment memory;
    private final MemorySegment serverMemory;
    private ByteBuffer serverData;
    private volatile boolean allocated;
    // written before the traveller and read after it
    private int device;
    private volatile Holder traveller = Holder.FREE;
    private boolean named;

    AreaBuffer(
            int id,
            BufferPool pool,
            MemorySegment prefix,
            MemorySegment memory,
            MemoryView serverView) {
        this.id = id;
        this.pool = pool;
        this.prefix = prefix;
        this.memory = memory;
        this.serverMemory = serverView.of(memory);
        this.serverData = serverMemory.asByteBuffer();
    }

    @Override
    public ByteBuffer data() {
        if (!allocated) {
            throw new IllegalStateException("Shared buffer " + id + " is not allocated");
        }
        if (!serverMemory.scope().isAlive()) {
            throw new IllegalStateException(
                    "Shared buffer " + id + " is gone: the server closed the set");
        }
        return serverData;
    }

    @Override
    public int id() {
        return id;
    }

    /** Bytes of data this buffer can hold. */
    int size() {
        return Math.toIntExact(memory.byteSize());
    }

    /** Bytes of data this buffer was allocated with. */
    int allocatedSize() {
        return serverData.capacity();
    }

    boolean isAllocated() {
        return allocated;
    }

    boolean travels() {
        return traveller != Holder.FREE;
    }

    void allocate(int size) {
        if (serverData.capacity() != size) {
            serverData = serverMemory.asSlice(0, size).asByteBuffer();
        }
        serverData.clear();
        allocated = true;
    }

    void free() {
        allocated = false;
        pool.give(this);
    }

    /**
     * Notes where the buffer is: queued, with the client, or, by FREE, back with the server.
     *
     * @param by the device whose command carries it
     */
    void travel(Holder holder, int by) {
        device = by;
        traveller = holder;
    }

    Holder holder() {
        Holder now = traveller;
        if (now != Holder.FREE) {
            return now;
        }
        return allocated ? Holder.SERVER : Holder.FREE;
    }

    /** The device by whose command the client holds it, or UNKNOWN. */
    int device() {
        return traveller == Holder.CLIENT ? device : DeviceSetObservation.UNKNOWN;
    }

    MemorySegment prefix() {
        return prefix;
    }

    MemorySegment memory() {
        return memory;
    }

    /** Remembers that a client has a handle of this buffer. */
    void name() {
        named = true;
    }

    boolean isNamed() {
        return named;
    }

    boolean contains(long address) {
        return address >= memory.address() && address < memory.address() + memory.byteSize();
    }
}
