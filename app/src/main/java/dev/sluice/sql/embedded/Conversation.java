package dev.sluice.sql.embedded;

import dev.sluice.sql.ResultTable;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.StatementResult;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * What passes between a running statement and the caller of its session: messages and tables one
 * way, the wish to cancel the other way. The statement speaks from any thread, the caller listens
 * on its own.
 */
final class Conversation {

    private static final Object END = new Object();

    private final BlockingQueue<Object> spoken = new LinkedBlockingQueue<>();
    private final List<SqlMessage> messages = new ArrayList<>();
    private final List<ResultTable> tables = new ArrayList<>();
    private boolean cancelled;
    private @Nullable Runnable stop;

    /** The statement says something. */
    void say(SqlMessage message) {
        spoken.add(message);
    }

    /** The statement has a result. */
    void show(ResultTable table) {
        spoken.add(table);
    }

    /** The statement is over. */
    void end() {
        spoken.add(END);
    }

    /** Asks the statement to stop; any thread, any number of times. */
    void cancel() {
        Runnable action;
        synchronized (this) {
            cancelled = true;
            action = stop;
        }
        if (action != null) {
            action.run();
        }
    }

    /** Whether somebody asked the statement to stop. */
    synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Says how to stop the statement from now on; it is done at once when somebody has asked
     * already. Null: nothing is left to stop.
     */
    void onCancel(@Nullable Runnable action) {
        boolean late;
        synchronized (this) {
            stop = action;
            late = cancelled;
        }
        if (late && action != null) {
            action.run();
        }
    }

    /**
     * Listens to the very end, whatever happens to the calling thread: an interrupt is kept for
     * later.
     *
     * @throws SqlServerException when there was an error
     */
    StatementResult listen(Consumer<SqlMessage> listener) throws SqlServerException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    Object item = spoken.take();
                    if (item == END) {
                        return result();
                    }
                    hear(item, listener);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void hear(Object item, Consumer<SqlMessage> listener) {
        if (item instanceof SqlMessage message) {
            messages.add(message);
            listener.accept(message);
        } else if (item instanceof ResultTable table) {
            tables.add(table);
        }
    }

    private StatementResult result() throws SqlServerException {
        if (messages.stream().anyMatch(SqlMessage::isError)) {
            throw new SqlServerException(messages);
        }
        return new StatementResult(List.copyOf(messages), List.copyOf(tables));
    }
}
