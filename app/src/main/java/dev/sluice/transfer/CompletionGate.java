package dev.sluice.transfer;

import java.util.BitSet;

/**
 * The point of no return of a backup, shared by all devices and by whoever may ask for a stop:
 * either the backup is behind it, or a stop closes it, never both.
 *
 * <p>How a server spreads VDC_Complete over the devices of a set is published nowhere. Behind the
 * gate is therefore a backup of which one device has answered Complete, while all have stored what
 * they were sent. A server that completes one device before another has all its data waits for that
 * one's answers, and can be stopped. Safe from any thread; nothing here waits.
 */
public final class CompletionGate {

    private final BitSet unsealed = new BitSet();
    private boolean completed;
    private boolean stopped;

    /** A device has, or will have, data that is not durable; at first each device of the set. */
    public synchronized void unseal(int device) {
        unsealed.set(device);
    }

    /** All that a device was sent is durable. */
    public synchronized void seal(int device) {
        unsealed.clear(device);
    }

    /**
     * A sealed device is asked whether the backup is complete.
     *
     * @return whether it may say so; false when a stop came first
     */
    public synchronized boolean tryPass() {
        completed |= !stopped;
        return !stopped;
    }

    /**
     * Closes the gate; again as often as somebody asks.
     *
     * @return whether the stop came in time; false when the backup is behind the gate
     */
    public synchronized boolean tryStop() {
        stopped |= !isPassed();
        return stopped;
    }

    /** Whether the backup is behind the gate; it is before it again when more data comes. */
    public synchronized boolean isPassed() {
        return completed && !stopped && unsealed.isEmpty();
    }

    /** Whether all that a device was sent is durable. */
    public synchronized boolean isSealed(int device) {
        return !unsealed.get(device);
    }
}
