package dev.sluice.vdi.conformance;

/** What one provider does and another need not: the only differences the suite allows. */
public enum Trait {
    /**
     * The client sees how many commands wait in each queue. A native library does not tell: its
     * client knows no more than what it fetched.
     */
    SEES_QUEUES,
    /**
     * Several threads may fetch from one device at the same time. A device of a native library is
     * meant for one thread (vdi-facts A); the second is refused with VD_E_BUSY.
     */
    SEVERAL_FETCHERS,
    /**
     * Close waits until the commands in the client's hands are given back. Behind a native library
     * somebody may still use a buffer by its address, and Close unmaps it; a buffer of the embedded
     * set has no address to keep, so that only I/O in progress must be waited for.
     */
    CLOSE_WAITS_FOR_COMMANDS,
    /**
     * A client's Close calls a thread out of a wait without disturbing the other clients. A native
     * library has one way to end a wait that has no time-out, OpenDevice's for one: an abort.
     */
    CLOSE_ENDS_WAITS_ALONE
}
