package dev.sluice.vdi.jna.client;

import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.internal.MemoryView;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The shared buffers that a set's commands have carried so far, found by address. Finding a known
 * one neither locks nor allocates. What a client can know of its set is here, too: a buffer that is
 * not in the client's hands is the server's.
 */
final class BufferTable implements DeviceSetObservation {

    // spreads addresses, which are multiples of large powers of two
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final MemoryView view;
    // both are replaced, never changed
    private volatile NativeBuffer[] byId = {};
    private volatile @Nullable NativeBuffer[] byAddress = {null};

    BufferTable(MemoryView view) {
        this.view = view;
    }

    /** The buffer at an address, known or new. */
    NativeBuffer at(long address, int size) {
        NativeBuffer known = find(byAddress, address);
        return known == null ? add(address, size) : known;
    }

    private static @Nullable NativeBuffer find(@Nullable NativeBuffer[] table, long address) {
        return table[slot(table, address)];
    }

    /** Where the buffer of an address is, or would be. */
    private static int slot(@Nullable NativeBuffer[] table, long address) {
        int mask = table.length - 1;
        int slot = (int) ((address * SPREAD) >>> Integer.SIZE) & mask;
        while (true) {
            NativeBuffer there = table[slot];
            if (there == null || there.address() == address) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    private synchronized NativeBuffer add(long address, int size) {
        NativeBuffer known = find(byAddress, address);
        if (known != null) {
            return known;
        }
        int count = byId.length;
        NativeBuffer added = new NativeBuffer(count, address, size, view);
        NativeBuffer[] all = Arrays.copyOf(byId, count + 1);
        all[count] = added;
        byId = all;
        byAddress = byAddress(all);
        return added;
    }

    /** At most half full, so that a slot is found soon. */
    private static @Nullable NativeBuffer[] byAddress(NativeBuffer[] all) {
        @Nullable NativeBuffer[] table = new NativeBuffer[4 * Integer.highestOneBit(all.length)];
        for (NativeBuffer buffer : all) {
            table[slot(table, buffer.address())] = buffer;
        }
        return table;
    }

    @Override
    public int bufferCount() {
        return byId.length;
    }

    @Override
    public Holder holder(int bufferId) {
        return byId[bufferId].isHeld() ? Holder.CLIENT : Holder.SERVER;
    }

    @Override
    public int device(int bufferId) {
        return byId[bufferId].device();
    }

    @Override
    public int outstanding() {
        int outstanding = 0;
        for (NativeBuffer buffer : byId) {
            if (buffer.isHeld()) {
                outstanding++;
            }
        }
        return outstanding;
    }

    @Override
    public int queued(int device) {
        return UNKNOWN;
    }
}
