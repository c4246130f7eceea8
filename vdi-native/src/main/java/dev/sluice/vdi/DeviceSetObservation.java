package dev.sluice.vdi;

/**
 * A look inside a device set, for the screen: who holds each shared buffer, and how long each queue
 * is. Reading takes no lock and never disturbs the set; the values may be a moment old and are
 * consistent one by one, not together. Safe from any thread, also after the set's end.
 */
public interface DeviceSetObservation {

    /** The answer where the provider cannot know. */
    int UNKNOWN = -1;

    /** Who holds a shared buffer. */
    enum Holder {
        /** The server owns it and does not use it. */
        FREE,
        /**
         * The server allocated it and fills or empties it. Where a provider sees the client's end
         * only, all that is not {@link #CLIENT} is here.
         */
        SERVER,
        /** It travels in a command that waits in a device's queue. */
        QUEUED,
        /** It is in the client's hands, an outstanding buffer. */
        CLIENT
    }

    /**
     * How many buffers the shared area has so far; ids run from 0 to this number less one. A
     * provider that sees the client's end only counts those that commands have carried.
     */
    int bufferCount();

    /** The present holder of a buffer. */
    Holder holder(int bufferId);

    /**
     * The device whose command the client holds a buffer by, as {@link #queued} counts them, or
     * {@link #UNKNOWN} when the buffer is not {@link Holder#CLIENT}. A provider that sees the
     * client's end only counts devices in the order in which this client opened them.
     */
    int device(int bufferId);

    /** How many buffers are {@link Holder#CLIENT}. */
    int outstanding();

    /**
     * Commands that wait in a device's queue, or {@link #UNKNOWN}; devices count from 0 in the
     * order of the statement.
     */
    int queued(int device);
}
