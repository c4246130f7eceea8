package dev.sluice.job;

import dev.sluice.vdi.protocol.CommandCode;

/**
 * What is done with a shared buffer at the moment: where it is, and in our hands what the worker of
 * its device does. The later in this order, the more a drain waits for it.
 */
public enum BufferUse {
    /** The server owns it and does not use it. */
    FREE,
    /** The server fills or empties it; where the library does not tell more, all but ours. */
    SERVER,
    /** It travels in a command that waits in a device's queue. */
    QUEUED,
    /** It was in our hands when a drain began, and has been given back since. */
    RETURNED,
    /** In our hands, and nothing is done with it yet, or it is not known what. */
    HELD,
    /** In our hands; it is filled from the stripe. */
    READING,
    /** In our hands; digests of it are computed. */
    CHECKING,
    /** In our hands; it is written to the stripe. */
    WRITING;

    /** Whether the buffer is in our hands: outstanding. */
    public boolean isOurs() {
        return compareTo(HELD) >= 0;
    }

    /** What the worker of a device does with the buffers it has in its hands. */
    static BufferUse by(JobSnapshot.Device device) {
        BufferUse moved = HELD;
        if (device.command().equals(CommandCode.WRITE.symbol())) {
            moved = WRITING;
        } else if (device.command().equals(CommandCode.READ.symbol())) {
            moved = READING;
        }
        return switch (device.state()) {
            case IN_IO -> moved;
            case CHECKING -> moved == HELD ? HELD : CHECKING;
            case OPEN, WAITING, THROTTLED, CLOSED, ABORTED, FAILED -> HELD;
        };
    }
}
