package dev.sluice.sql.embedded;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * The BUFFERCOUNT buffers of an operation, shared by its devices. A thread that waits here holds no
 * buffer it could give back, so the devices cannot starve each other for ever. Any thread.
 */
final class TransferPool {

    private final ArrayDeque<Transfer> free;
    private boolean stopped;

    TransferPool(int count) {
        free = new ArrayDeque<>(count);
    }

    /** A buffer comes in, new or after its use. */
    synchronized void add(Transfer transfer) {
        free.addLast(transfer);
        notify();
    }

    /** A free buffer, or null when there is none now. */
    synchronized @Nullable Transfer poll() {
        return free.pollLast();
    }

    /** Waits for a free buffer. */
    synchronized Transfer take() throws Operation.StoppedException {
        while (free.isEmpty() && !stopped) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException("a thread of the server was interrupted", e);
            }
        }
        if (stopped) {
            throw new Operation.StoppedException();
        }
        return free.removeLast();
    }

    /** Ends every wait. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
