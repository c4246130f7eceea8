package dev.sluice.sql.mssql;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerException;

import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.RecordedBackup;
import dev.sluice.sql.ResultTable;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;
import dev.sluice.sql.VolumeSpace;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A connection to SQL Server through its JDBC driver, in autocommit mode. Statements of its users
 * have no time-out: a backup takes as long as it takes (vdi-facts section K and M20).
 */
final class MssqlSession implements SqlSession {

    private static final Logger LOG = LoggerFactory.getLogger(MssqlSession.class);

    /** How long the server may look for the newest backups; nobody looks at Home any longer. */
    static final Duration RECORD_PATIENCE = Duration.ofSeconds(30);

    private final String server;
    private final SQLServerConnection connection;
    private final boolean watchable;
    private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();

    /**
     * @param server what to call it in messages
     * @param connection this session's own
     * @param watchable whether another session may be opened to look at this one
     */
    MssqlSession(String server, SQLServerConnection connection, boolean watchable) {
        this.server = server;
        this.watchable = watchable;
        this.connection = connection;
    }

    @Override
    public ServerFacts facts() throws SqlServerException {
        return Catalog.facts(ask(Catalog.FACTS));
    }

    @Override
    public List<DatabaseInfo> databases() throws SqlServerException {
        return Catalog.databases(ask(Catalog.DATABASES));
    }

    @Override
    public List<DatabaseFile> files() throws SqlServerException {
        return Catalog.files(ask(Catalog.FILES));
    }

    @Override
    public List<RecordedBackup> backups() throws SqlServerException {
        return backups(RECORD_PATIENCE);
    }

    List<RecordedBackup> backups(Duration patience) throws SqlServerException {
        return Catalog.backups(
                execute(Catalog.BACKUPS, message -> {}, patience).tables().getFirst());
    }

    @Override
    public OptionalInt id() throws SqlServerException {
        Object id = watchable ? ask(Catalog.SESSION).value(0, "session") : null;
        return id instanceof Number number
                ? OptionalInt.of(number.intValue())
                : OptionalInt.empty();
    }

    @Override
    public OptionalDouble percentOf(int session) throws SqlServerException {
        ResultTable table = ask(Catalog.percentOf(session));
        Object percent = table.rows().isEmpty() ? null : table.value(0, "done");
        return percent == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(percent.toString()));
    }

    @Override
    public OptionalLong allocatedBytes(String database) {
        return number(Catalog.allocatedBytes(database));
    }

    @Override
    public OptionalLong changedBytes(String database) {
        return number(Catalog.changedBytes(database));
    }

    @Override
    public boolean compressesBackups() {
        return number(Catalog.COMPRESSES_BACKUPS).orElse(0) != 0;
    }

    @Override
    public List<VolumeSpace> volumes() {
        return Stream.of(Catalog.FILE_VOLUMES, Catalog.DRIVES)
                .map(this::askIfPossible)
                .flatMap(Optional::stream)
                .flatMap(table -> Catalog.volumes(table).stream())
                .toList();
    }

    @Override
    public Optional<Set<String>> keys() {
        Optional<ResultTable> certificates = askIfPossible(Catalog.CERTIFICATES);
        Optional<ResultTable> keys = askIfPossible(Catalog.ASYMMETRIC_KEYS);
        if (certificates.isEmpty() || keys.isEmpty()) {
            return Optional.empty();
        }
        Set<String> thumbprints = new HashSet<>(Catalog.thumbprints(certificates.get()));
        thumbprints.addAll(Catalog.thumbprints(keys.get()));
        return Optional.of(thumbprints);
    }

    private Optional<ResultTable> askIfPossible(String query) {
        try {
            return Optional.of(ask(query));
        } catch (SqlServerException e) {
            LOG.debug("{} does not answer {}: {}", server, query, e.getMessage());
            return Optional.empty();
        }
    }

    /** A number that is good to know; a refusal costs no more than that. */
    private OptionalLong number(String query) {
        List<List<@Nullable Object>> rows =
                askIfPossible(query).map(ResultTable::rows).orElse(List.of());
        return !rows.isEmpty() && rows.getFirst().getFirst() instanceof Number number
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** The one table a query answers with. */
    private ResultTable ask(String query) throws SqlServerException {
        return execute(query, message -> {}).tables().getFirst();
    }

    @Override
    public StatementResult execute(String text, Consumer<SqlMessage> listener)
            throws SqlServerException {
        return execute(text, listener, Duration.ZERO);
    }

    /** With a time-out in whole seconds, after which the driver sends an attention; 0 for none. */
    private StatementResult execute(String text, Consumer<SqlMessage> listener, Duration patience)
            throws SqlServerException {
        Heard heard = new Heard(listener);
        List<ResultTable> tables = new ArrayList<>();
        SQLException failure;
        try (Statement statement = connection.createStatement()) {
            connection.setServerMessageHandler(heard);
            statement.setQueryTimeout((int) patience.toSeconds());
            running.set(statement);
            failure = readAll(statement, text, tables);
        } catch (SQLException e) {
            failure = e;
        } finally {
            running.set(null);
        }
        if (failure != null && !heard.endedWell()) {
            throw failed(failure, heard);
        }
        return new StatementResult(heard.messages(), tables);
    }

    /** Reads every answer to the very end; an error need not be the last word. */
    private @Nullable SQLException readAll(
            Statement statement, String text, List<ResultTable> tables) {
        SQLException first = null;
        boolean sent = false;
        boolean more = true;
        while (more) {
            try {
                boolean isTable = sent ? statement.getMoreResults() : send(statement, text);
                if (isTable) {
                    tables.add(Tables.read(statement.getResultSet()));
                }
                more = isTable || statement.getUpdateCount() != -1;
            } catch (SQLException e) {
                first = first == null ? e : first;
                more = isFromServer(e);
            }
            sent = true;
        }
        return first;
    }

    private static boolean send(Statement statement, String text) throws SQLException {
        statement.setEscapeProcessing(false);
        return statement.execute(text);
    }

    /** Otherwise the driver itself gave up, and there is nothing more to read. */
    private static boolean isFromServer(SQLException failure) {
        return failure instanceof SQLServerException server && server.getSQLServerError() != null;
    }

    private SqlServerException failed(SQLException failure, Heard heard) {
        if (heard.hasErrors()) {
            SqlServerException said = new SqlServerException(heard.messages());
            said.initCause(failure);
            return said;
        }
        String met = String.valueOf(failure.getMessage());
        return new SqlServerException(
                isOpen()
                        ? Told.of("connect.statement", server, met)
                        : Told.of("connect.lost", server, met),
                failure);
    }

    private boolean isOpen() {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void cancel() {
        Statement statement = running.get();
        if (statement == null) {
            return;
        }
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.info("an attention to {} was not sent: {}", server, e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.info("closing the connection to {} met: {}", server, e.getMessage());
        }
    }
}
