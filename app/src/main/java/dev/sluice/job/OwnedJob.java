package dev.sluice.job;

/** A job as the engine has it, which ends every one of its jobs before it ends itself. */
interface OwnedJob extends Job {

    /** Waits for the end as {@link #await()}, whatever happens; a job never started has none. */
    void awaitUninterruptibly();
}
