package dev.sluice.vdi.jna.com;

import dev.sluice.vdi.internal.Gate;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The thread that a server lends to its set, and the completion routines that run on it or, for a
 * refused command, on the sender's. A routine that throws aborts the set; what the first one threw
 * is thrown again to who lent the thread. Safe from any thread.
 */
final class ServerAgent {

    /** The set whose routine the thread is inside, if any. */
    private static final ThreadLocal<@Nullable ServerSet> INSIDE = new ThreadLocal<>();

    private final ServerSet set;
    private final Gate gate = new Gate();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean ended;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    ServerAgent(ServerSet set) {
        this.set = set;
    }

    /** Whether the calling thread becomes the agent, and has to {@link #end} it. */
    boolean begin() {
        if (!running.compareAndSet(false, true)) {
            return false;
        }
        if (!gate.enter()) {
            running.set(false);
            return false;
        }
        ended = false;
        return true;
    }

    /** The library has let the thread go and runs no more routines on it. */
    void leave() {
        ended = true;
    }

    /** Whether there was an agent, and the library has let the last one go. */
    boolean hasEnded() {
        return ended;
    }

    /** The thread is its owner's again; once for each {@link #begin}. */
    void end() {
        running.set(false);
        gate.leave();
    }

    /** Lets no agent begin any more. */
    void shut() {
        gate.shut();
    }

    /** Waits until the agent has ended, for the thread that shut. */
    void awaitEnd() {
        gate.awaitEmpty();
    }

    /** Whether the calling thread is inside a routine of this set. */
    boolean isInsideRoutine() {
        return INSIDE.get() == set;
    }

    /** Runs a routine, on whatever thread; nothing it throws unwinds the library. */
    void run(Runnable routine) {
        ServerSet outer = INSIDE.get();
        INSIDE.set(set);
        // refused for the routines that run because the set is being closed: Close knows of them
        boolean entered = set.gate().enter();
        try {
            routine.run();
        } catch (RuntimeException | Error thrown) {
            fail(thrown);
        } finally {
            if (entered) {
                set.gate().leave();
            }
            INSIDE.set(outer);
        }
    }

    private void fail(Throwable thrown) {
        if (!failure.compareAndSet(null, thrown)) {
            Throwable first = failure.get();
            if (first != null && first != thrown) {
                first.addSuppressed(thrown);
            }
        }
        set.abort();
    }

    /** Throws what the first routine that failed threw; once. */
    void throwFailure() {
        switch (failure.getAndSet(null)) {
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            case null, default -> {}
        }
    }
}
