package dev.sluice.vdi.conformance;

/** What one provider does and another need not: the only differences the suite allows. */
public enum Trait {
    /**
     * The client can look at every queue and every buffer's holder. A native library does not tell:
     * its client knows no more than what it fetched.
     */
    SEES_QUEUES,
    /**
     * Close waits until the commands in the client's hands are given back. Behind a native library
     * somebody may still use a buffer by its address, and Close unmaps it; a buffer of the embedded
     * set has no address to keep, so that only I/O in progress must be waited for.
     */
    CLOSE_WAITS_FOR_COMMANDS
}
