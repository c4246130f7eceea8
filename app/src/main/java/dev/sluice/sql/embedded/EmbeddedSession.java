package dev.sluice.sql.embedded;

import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/**
 * A session of the embedded server. A statement runs on a thread of the server; the caller's thread
 * waits for it and may be interrupted without harm to the database.
 */
final class EmbeddedSession implements SqlSession {

    private final EmbeddedServer server;
    private final Interpreter interpreter;
    private final RunningStatements running;
    private volatile @Nullable Conversation current;

    EmbeddedSession(EmbeddedServer server, Interpreter interpreter, RunningStatements running) {
        this.server = server;
        this.interpreter = interpreter;
        this.running = running;
    }

    @Override
    public ServerFacts facts() {
        return Headers.facts();
    }

    @Override
    public List<DatabaseFile> files() throws SqlServerException {
        return server.files();
    }

    @Override
    public List<DatabaseInfo> databases() throws SqlServerException {
        return server.databases();
    }

    @Override
    public StatementResult execute(String statement, Consumer<SqlMessage> messages)
            throws SqlServerException {
        Conversation conversation = new Conversation();
        running.begin(conversation);
        current = conversation;
        try {
            start(statement, conversation);
            return conversation.listen(messages);
        } finally {
            current = null;
        }
    }

    private void start(String statement, Conversation conversation) {
        boolean started = false;
        try {
            Thread.ofPlatform().name("sluice-statement").start(() -> run(statement, conversation));
            started = true;
        } finally {
            if (!started) {
                // without a thread: the server's end must not wait for this one
                running.end(conversation);
            }
        }
    }

    private void run(String statement, Conversation conversation) {
        try {
            interpreter.run(statement, conversation);
        } finally {
            running.end(conversation);
            conversation.end();
        }
    }

    @Override
    public void cancel() {
        Conversation conversation = current;
        if (conversation != null) {
            conversation.cancel();
        }
    }

    /** Cancels a statement that still runs. */
    @Override
    public void close() {
        cancel();
    }
}
