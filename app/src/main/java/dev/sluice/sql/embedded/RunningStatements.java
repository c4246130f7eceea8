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

    /** Cancels what runs and waits for it. */
    void close() {
        List<Conversation> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(running);
        }
        last.forEach(Conversation::cancel);
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
