package dev.sluice.vdi.embedded;

import org.jspecify.annotations.Nullable;

/**
 * Command slots in the order they came, as many as fit. Guarded by the set's monitor; the count may
 * be read by anyone.
 */
final class SlotRing {

    private final @Nullable CommandSlot[] ring;
    private int head;
    private volatile int count;

    SlotRing(int capacity) {
        ring = new CommandSlot[capacity];
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written inside the monitor only
    void add(CommandSlot slot) {
        ring[(head + count) % ring.length] = slot;
        count++;
    }

    @Nullable CommandSlot peek() {
        return ring[head];
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written inside the monitor only
    @Nullable CommandSlot poll() {
        CommandSlot taken = ring[head];
        if (taken != null) {
            ring[head] = null;
            head = (head + 1) % ring.length;
            count--;
        }
        return taken;
    }

    int count() {
        return count;
    }
}
