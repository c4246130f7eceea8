package dev.sluice.vdi.jna.aborts;

/** The server's end of a run's set, on threads of its own. Any thread. */
interface Server {

    /** It aborts, whatever it does. */
    void abort();

    /**
     * Waits for its end.
     *
     * @return whether it ever came to the set
     */
    boolean awaitEnd() throws InterruptedException;
}
