package dev.sluice.sql;

import java.util.List;
import java.util.function.Consumer;

/** A connection to a server. One thread uses it; {@link #cancel()} may come from any. */
public interface SqlSession extends AutoCloseable {

    /** What the server tells about itself and this session. */
    ServerFacts facts() throws SqlServerException;

    /** The files of all its databases. */
    List<DatabaseFile> files() throws SqlServerException;

    /** The server's databases, by name. */
    List<DatabaseInfo> databases() throws SqlServerException;

    /**
     * Runs one statement to its very end, without a time-out.
     *
     * @param statement T-SQL
     * @param messages hears each message as it comes, on the calling thread
     * @return all messages and result tables, when the statement succeeded
     * @throws SqlServerException when the statement failed; it holds every message of the statement
     */
    StatementResult execute(String statement, Consumer<SqlMessage> messages)
            throws SqlServerException;

    /**
     * Asks the server to stop the running statement (an attention); returns at once, and does
     * nothing when none runs.
     */
    void cancel();

    @Override
    void close();
}
