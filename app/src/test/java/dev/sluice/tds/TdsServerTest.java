package dev.sluice.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import com.microsoft.sqlserver.jdbc.SQLServerException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Through SQL Server's own driver, unmodified. */
@Timeout(60)
class TdsServerTest {

    private static final String PASSWORD = "p\u00e4ss;w}ord '\u65e5";

    private final List<TdsServer> servers = new ArrayList<>();

    @AfterEach
    void closeServers() throws Exception {
        for (TdsServer server : servers) {
            server.close();
        }
    }

    @Test
    void aClientLogsInAndRunsABatch() throws Exception {
        BlockingQueue<Login> logins = new LinkedBlockingQueue<>();
        TdsServer server =
                started(
                        new Handler() {
                            @Override
                            public void login(Login login, Reply reply) {
                                logins.add(login);
                            }

                            @Override
                            public void batch(Request request, Reply reply) throws Exception {
                                reply.columns(new Column("text", SqlType.NVARCHAR_MAX));
                                reply.row(request.text());
                            }
                        });
        SQLServerDataSource source = source(server);
        source.setApplicationName("Sluice");
        source.setDatabaseName("Sales");
        String batch = "SELECT N'" + "\u00fc\ud83d\ude00x".repeat(20_000) + "'";

        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(batch)) {
            assertThat(result.next()).isTrue();
            assertThat(result.getString("text")).isEqualTo(batch);
            assertThat(result.next()).isFalse();
            assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith("16.00");
            assertThat(connection.getCatalog()).isEqualTo("Sales");
        }
        Login login = logins.remove();
        assertThat(login.matches("sluice", PASSWORD)).isTrue();
        assertThat(login.matches("sluice", "another")).isFalse();
        assertThat(login.application()).isEqualTo("Sluice");
        assertThat(login.database()).isEqualTo("Sales");
        assertThat(login.toString()).contains("sluice").doesNotContain(PASSWORD);
    }

    @Test
    void aRefusedLoginIsAnErrorWithItsNumber() throws Exception {
        TdsServer server =
                started(
                        new Handler() {
                            @Override
                            public void login(Login login, Reply reply) throws Exception {
                                reply.message(Message.loginFailed(login.user()));
                            }

                            @Override
                            public void batch(Request request, Reply reply) {
                                throw new AssertionError("it is not logged in");
                            }
                        });

        assertThatThrownBy(() -> source(server).getConnection())
                .isInstanceOfSatisfying(
                        SQLServerException.class,
                        failure -> {
                            assertThat(failure.getErrorCode()).isEqualTo(18456);
                            assertThat(failure.getSQLServerError().getErrorState()).isEqualTo(1);
                            assertThat(failure.getMessage()).contains("for user 'sluice'");
                        });
    }

    @Test
    void aMessageIsHeardWhileTheStatementStillRuns() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        TdsServer server =
                started(
                        (request, reply) -> {
                            reply.message(percent(10));
                            assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
                            reply.message(percent(20));
                        });

        List<String> texts = new ArrayList<>();
        try (Connection connection = source(server).getConnection();
                Statement statement = connection.createStatement()) {
            ((SQLServerConnection) connection)
                    .setServerMessageHandler(
                            message -> {
                                texts.add(message.getErrorMessage());
                                heard.countDown();
                                return message;
                            });
            assertThat(statement.execute("BACKUP DATABASE [Sales] TO VIRTUAL_DEVICE = N'x'"))
                    .isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
        assertThat(texts).containsExactly("10 percent processed.", "20 percent processed.");
    }

    @Test
    void anErrorIsThrownWithAllThatBelongsToIt() throws Exception {
        TdsServer server =
                started(
                        (request, reply) -> {
                            reply.message(new Message(3201, 16, 2, "Cannot open 'x'.", "proc", 7));
                            reply.message(new Message(3013, 16, 1, "It is terminating."));
                        });

        List<Integer> numbers = new ArrayList<>();
        try (Connection connection = source(server).getConnection();
                Statement statement = connection.createStatement()) {
            ((SQLServerConnection) connection)
                    .setServerMessageHandler(
                            message -> {
                                numbers.add(message.getErrorNumber());
                                return message;
                            });
            assertThatThrownBy(() -> statement.execute("BACKUP"))
                    .isInstanceOfSatisfying(
                            SQLServerException.class,
                            failure -> {
                                var error = failure.getSQLServerError();
                                assertThat(failure.getErrorCode()).isEqualTo(3201);
                                assertThat(error.getErrorNumber()).isEqualTo(3201);
                                assertThat(error.getErrorSeverity()).isEqualTo(16);
                                assertThat(error.getErrorState()).isEqualTo(2);
                                assertThat(error.getErrorMessage()).isEqualTo("Cannot open 'x'.");
                                assertThat(error.getServerName()).isEqualTo(TdsServer.NAME);
                                assertThat(error.getProcedureName()).isEqualTo("proc");
                                assertThat(error.getLineNumber()).isEqualTo(7);
                            });
            assertThat(numbers).containsExactly(3201, 3013);
        }
    }

    @Test
    void afterAnErrorTheConnectionGoesOn() throws Exception {
        TdsServer server =
                started(
                        (request, reply) -> {
                            if (request.text().equals("fail")) {
                                reply.message(new Message(911, 16, 1, "No such database."));
                            } else {
                                reply.updated(3);
                                reply.columns(new Column("n", SqlType.INT));
                                reply.row(1);
                                reply.columns(new Column("n", SqlType.INT));
                            }
                        });

        try (Connection connection = source(server).getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("fail"))
                    .extracting(failure -> ((SQLException) failure).getErrorCode())
                    .isEqualTo(911);
            assertThat(statement.execute("several")).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(3);
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getResultSet().next()).isTrue();
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getResultSet().next()).isFalse();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
    }

    @Test
    void aFailingHandlerIsToldByClose() throws Exception {
        TdsServer server =
                TdsServer.start(
                        (request, reply) -> {
                            throw new AssertionError("not as expected");
                        });
        try (Connection connection = source(server).getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT 1"))
                    .isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(server::close)
                .hasSuppressedException(new AssertionError("not as expected"));
    }

    private static Message percent(int done) {
        return new Message(3211, 10, 1, done + " percent processed.");
    }

    private TdsServer started(Handler handler) throws Exception {
        TdsServer server = TdsServer.start(handler);
        servers.add(server);
        return server;
    }

    private static SQLServerDataSource source(TdsServer server) {
        SQLServerDataSource source = new SQLServerDataSource();
        source.setServerName("127.0.0.1");
        source.setPortNumber(server.port());
        source.setUser("sluice");
        source.setPassword(PASSWORD);
        source.setEncrypt("false");
        source.setLoginTimeout(20);
        return source;
    }
}
