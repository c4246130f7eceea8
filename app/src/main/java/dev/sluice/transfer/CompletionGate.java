package dev.sluice.transfer;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The point of no return of a backup, shared by all devices and by whoever may ask for a stop:
 * either the backup passes it, or a stop closes it, never both. Safe from any thread; nothing here
 * waits.
 */
public final class CompletionGate {

    private enum Position {
        OPEN,
        PASSED,
        STOPPED
    }

    private final AtomicReference<Position> position = new AtomicReference<>(Position.OPEN);

    /**
     * Passes the gate; again for each device.
     *
     * @return whether the backup may be declared complete; false when a stop came first
     */
    public boolean tryPass() {
        return settle(Position.PASSED);
    }

    /**
     * Closes the gate; again as often as somebody asks.
     *
     * @return whether the stop came in time; false when the backup has passed
     */
    public boolean tryStop() {
        return settle(Position.STOPPED);
    }

    /** Whether the backup passed. */
    public boolean isPassed() {
        return position.get() == Position.PASSED;
    }

    private boolean settle(Position wanted) {
        return position.compareAndSet(Position.OPEN, wanted) || position.get() == wanted;
    }
}
