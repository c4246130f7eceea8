package dev.sluice.vdi.internal;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts who is between entering and leaving, until it is shut: then nobody enters any more, and
 * the one who shut it can wait for the last to leave. Entering and leaving is one atomic step each,
 * and the thread that leaves need not be the one that entered.
 */
public final class Gate {

    private static final int SHUT = Integer.MIN_VALUE;

    /** The entries; negative, counted from {@link #SHUT}, once shut. */
    private final AtomicInteger entries = new AtomicInteger();

    private volatile @Nullable Thread closer;

    /**
     * Enters, unless the gate is shut.
     *
     * @return whether the caller is inside, and has to leave
     */
    public boolean enter() {
        int before;
        do {
            before = entries.get();
            if (before < 0) {
                return false;
            }
        } while (!entries.compareAndSet(before, before + 1));
        return true;
    }

    /** Leaves; once for each entry. */
    public void leave() {
        if (entries.decrementAndGet() == SHUT) {
            LockSupport.unpark(closer);
        }
    }

    /** Whether nobody can enter any more. */
    public boolean isShut() {
        return entries.get() < 0;
    }

    /**
     * Shuts the gate; once.
     *
     * @return whether anyone is inside
     */
    public boolean shut() {
        closer = Thread.currentThread();
        return entries.getAndAdd(SHUT) > 0;
    }

    /**
     * Waits until nobody is inside, for the thread that shut the gate. An interrupt does not end
     * the wait; it is restored on return.
     */
    public void awaitEmpty() {
        boolean interrupted = false;
        while (entries.get() != SHUT) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
