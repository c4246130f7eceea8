package dev.sluice.sql.embedded;

import dev.sluice.sql.SqlServerException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The statements that run on a server, so that its end can wait for theirs. Any thread. */
final class RunningStatements {

    private final Set<Conversation> running = new HashSet<>();
    private boolean closed;

    synchronized void checkOpen() throws SqlServerException {
        if (closed) {
            throw new SqlServerException(List.of(Messages.shutDown()));
        }
    }

    synchronized void begin(Conversation conversation) throws SqlServerException {
        checkOpen();
        running.add(conversation);
    }

    synchronized void end(Conversation conversation) {
        running.remove(conversation);
        notifyAll();
    }

    /** Cancels what runs at this moment. */
    void cancelAll() {
        List<Conversation> now;
        synchronized (this) {
            now = List.copyOf(running);
        }
        now.forEach(Conversation::cancel);
    }

    /** Cancels what runs and waits for it. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        cancelAll();
        awaitEnd();
    }

    private synchronized void awaitEnd() {
        boolean interrupted = false;
        while (!running.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
