package dev.sluice.sql;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
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
     * The newest backups that its own record has, whoever made them: at most one for each database,
     * type, part, and copy-only or not. Only those that a restore could begin with or go on with,
     * as far as the record tells. Empty for a server that keeps none.
     *
     * @throws SqlServerException when the server refuses to tell, or takes too long
     */
    default List<RecordedBackup> backups() throws SqlServerException {
        return List.of();
    }

    /**
     * The number by which another session can ask about this one; empty where there is none.
     *
     * @throws SqlServerException when the server refuses to tell
     */
    default OptionalInt id() throws SqlServerException {
        return OptionalInt.empty();
    }

    /**
     * How much of its work the running statement of another session has done, in percent; empty
     * when none runs there, or the server does not tell.
     *
     * @param session the {@link #id()} of the other
     * @throws SqlServerException when the server refuses to tell
     */
    default OptionalDouble percentOf(int session) throws SqlServerException {
        return OptionalDouble.empty();
    }

    /**
     * How many bytes of a database's data files are in use, of one that is ONLINE: what a full
     * backup moves, roughly. Empty where the server does not tell.
     */
    default OptionalLong allocatedBytes(String database) {
        return OptionalLong.empty();
    }

    /** How many of them have changed since the last full backup; otherwise as the other. */
    default OptionalLong changedBytes(String database) {
        return OptionalLong.empty();
    }

    /** Whether the server compresses a backup whose statement says nothing of it. */
    default boolean compressesBackups() {
        return false;
    }

    /**
     * The volumes that the server's files are on, one entry for each file that it has, and one for
     * each drive; as far as the server tells.
     */
    default List<VolumeSpace> volumes() {
        return List.of();
    }

    /**
     * The thumbprints of the certificates and asymmetric keys in master, which backups and
     * databases are encrypted by, in lower-case hex. Empty where the server does not tell.
     */
    default Optional<Set<String>> keys() {
        return Optional.empty();
    }

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
