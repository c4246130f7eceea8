package dev.sluice.vdi.protocol;

/**
 * The sub-state of one device (vdi-facts sections E and J.2). It changes by {@link #to} only, which
 * refuses a step the protocol does not have.
 */
public enum DeviceState {
    /** The server has not opened the device. */
    UNOPENED,
    /** Commands are accepted. */
    OPEN,
    /** A command failed: only ClearError is accepted until the client completes it with success. */
    IO_ERROR,
    /** The server closed the device. */
    CLOSED;

    /**
     * The next state, if the step is one of the protocol's.
     *
     * @throws IllegalStateException for a step the protocol does not have
     */
    public DeviceState to(DeviceState next) {
        if (!canBecome(next)) {
            throw new IllegalStateException("A device cannot go from " + this + " to " + next);
        }
        return next;
    }

    /** Whether a device in this state may take the next one. */
    public boolean canBecome(DeviceState next) {
        return switch (this) {
            case UNOPENED -> next == OPEN;
            case OPEN -> next == IO_ERROR || next == CLOSED;
            case IO_ERROR -> next == OPEN || next == CLOSED;
            case CLOSED -> false;
        };
    }
}
