package dev.sluice.vdi.jna.com;

import dev.sluice.vdi.internal.MemoryView;
import dev.sluice.vdi.server.SharedBuffer;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/** One allocated buffer of a server's set: its memory, and whether it may be touched and sent. */
final class ComSharedBuffer implements SharedBuffer {

    private enum Place {
        /** In the server's hands. */
        HERE,
        /** In a command whose routine has still to run. */
        SENT,
        /** Given back to the area. */
        FREED
    }

    private final ServerSet set;
    private final int id;
    private final long address;
    private final ByteBuffer data;
    private final AtomicReference<Place> place = new AtomicReference<>(Place.HERE);

    ComSharedBuffer(ServerSet set, int id, long address, int size, MemoryView view) {
        this.set = set;
        this.id = id;
        this.address = address;
        this.data = view.of(address, size).asByteBuffer();
    }

    @Override
    public ByteBuffer data() {
        if (place.get() == Place.FREED) {
            throw new IllegalStateException("Shared buffer " + id + " is not allocated");
        }
        if (set.isGone()) {
            throw new IllegalStateException(
                    "Shared buffer " + id + " is gone: the server closed the set");
        }
        return data;
    }

    @Override
    public int id() {
        return id;
    }

    ServerSet set() {
        return set;
    }

    long address() {
        return address;
    }

    /** Bytes it was allocated with. */
    int size() {
        return data.capacity();
    }

    /** Whether the caller may send it, and has to say when it came back. */
    boolean send() {
        return place.compareAndSet(Place.HERE, Place.SENT);
    }

    /** Its command came back. */
    void comeBack() {
        place.set(Place.HERE);
    }

    /** Whether the caller may free it. */
    boolean free() {
        return place.compareAndSet(Place.HERE, Place.FREED);
    }
}
