package dev.sluice.vdi.jna.client;

import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.internal.MemoryView;

import java.nio.ByteBuffer;

/**
 * One shared buffer, known by its address, and the one ByteBuffer over it. Changed by the thread
 * that fetched the command that carries it; who holds it may be read by anyone.
 */
final class NativeBuffer {

    private final int id;
    private final long address;
    private final MemoryView view;
    private ByteBuffer data;
    private ByteBuffer prefix;
    private volatile int device = DeviceSetObservation.UNKNOWN;

    NativeBuffer(int id, long address, int size, MemoryView view) {
        this.id = id;
        this.address = address;
        this.view = view;
        this.data = over(address, size);
        this.prefix = over(address, 0);
    }

    private ByteBuffer over(long start, int size) {
        return view.of(start, size).asByteBuffer();
    }

    int id() {
        return id;
    }

    long address() {
        return address;
    }

    boolean isHeld() {
        return device != DeviceSetObservation.UNKNOWN;
    }

    /** The device by whose command the client holds it, or UNKNOWN. */
    int device() {
        return device;
    }

    /**
     * The server handed it over.
     *
     * @param size its bytes
     * @param by the device whose command carries it
     */
    void receive(int size, int by) {
        // nothing tells a buffer's size but the commands that carry it, so the largest one counts
        if (data.capacity() < size) {
            data = over(address, size);
        }
        data.clear().limit(size);
        device = by;
    }

    /** It is the server's again. */
    void giveBack() {
        device = DeviceSetObservation.UNKNOWN;
    }

    ByteBuffer data() {
        return data;
    }

    ByteBuffer prefix(int size) {
        if (prefix.capacity() != size) {
            prefix = over(address - size, size);
        }
        return prefix.clear();
    }
}
