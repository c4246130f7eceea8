package dev.sluice.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import com.microsoft.sqlserver.jdbc.SQLServerException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Through SQL Server's own driver, unmodified. */
@Timeout(60)
class TdsServerTest {

    private static final String PASSWORD = "hunter2 p\u00e4ss;w}ord '\u65e5";

    private static TestCertificates certificates;

    private final List<TdsServer> servers = new ArrayList<>();

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws Exception {
        certificates = new TestCertificates(folder);
    }

    @AfterEach
    void closeServers() throws Exception {
        for (TdsServer server : servers) {
            server.close();
        }
    }

    @Test
    void aClientLogsInAndRunsABatch() throws Exception {
        BlockingQueue<Login> logins = new LinkedBlockingQueue<>();
        TdsServer server = started(new Echo(logins));
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
    void otherLoginsThanThoseOfSqlServerItselfAreRefused() throws Exception {
        TdsServer server =
                TdsServer.start(
                        Encryption.REQUIRED,
                        certificates.valid(),
                        new Handler() {
                            @Override
                            public void login(Login login, Reply reply) {
                                throw new AssertionError("a login to be refused: " + login);
                            }

                            @Override
                            public void batch(Request request, Reply reply) {
                                throw new AssertionError("it is not logged in");
                            }
                        });
        servers.add(server);
        SQLServerDataSource integrated = source(server);
        integrated.setIntegratedSecurity(true);
        integrated.setAuthenticationScheme("NTLM");
        integrated.setDomain("EXAMPLE");
        integrated.setEncrypt("true");
        trustAuthority(integrated);

        assertThatThrownBy(integrated::getConnection)
                .extracting(failure -> ((SQLException) failure).getErrorCode())
                .isEqualTo(18456);
    }

    @Test
    void aClientLogsInWithAnAccessToken() throws Exception {
        BlockingQueue<Login> logins = new LinkedBlockingQueue<>();
        TdsServer server =
                TdsServer.start(Encryption.REQUIRED, certificates.valid(), new Echo(logins));
        servers.add(server);
        SQLServerDataSource source = sourceWithoutUser(server);
        source.setAccessToken("x.y.z");
        source.setEncrypt("true");
        trustAuthority(source);

        assertThat(answer(source)).isEqualTo("SELECT 1");
        Login login = logins.remove();
        assertThat(login.kind()).isEqualTo(Login.Kind.FEDERATED);
        assertThat(login.password()).isEqualTo("x.y.z");
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

    @ParameterizedTest
    @ValueSource(strings = {"prepexec", "prepare"})
    void preparedStatementsArriveWithTheirParameters(String method) throws Exception {
        BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
        TdsServer server = started((request, reply) -> requests.add(request));
        String longText = "\u65e5" + "x".repeat(10_000);
        byte[] longBytes = new byte[10_000];
        Arrays.fill(longBytes, (byte) 7);
        LocalDateTime time = LocalDateTime.of(2026, 11, 20, 22, 15, 30, 123_456_700);
        UUID uuid = UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210");
        List<@Nullable Object> values = new ArrayList<>();
        values.addAll(List.of("Sales", longText, 7, -8L, (short) 9, true, 1.5));
        values.addAll(List.of(new BigDecimal("-12345678901234567890.12345"), time, uuid));
        values.addAll(Arrays.asList(null, new byte[] {1, 2}, longBytes));

        SQLServerDataSource source = source(server);
        source.setPrepareMethod(method);
        source.setServerPreparedStatementDiscardThreshold(0);
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "EXEC x " + String.join(", ", "?".repeat(13).split("")))) {
            // sent as a whole at first, then prepared, then run by its handle
            for (int i = 0; i < 3; i++) {
                for (int parameter = 0; parameter < values.size(); parameter++) {
                    statement.setObject(parameter + 1, values.get(parameter));
                }
                statement.execute();
            }
        }
        String text = requests.element().text();
        assertThat(text).startsWith("EXEC x @P0, @P1, @P2");
        assertThat(requests)
                .hasSize(3)
                .allSatisfy(
                        request -> {
                            assertThat(request.text()).isEqualTo(text);
                            assertThat(request.parameters().toArray()).isEqualTo(values.toArray());
                        });
    }

    @Test
    void valuesOfEveryTypeAreRead() throws Exception {
        LocalDateTime time = LocalDateTime.of(2026, 11, 20, 22, 15, 30, 123_456_700);
        LocalDateTime midnight = LocalDateTime.of(1899, 12, 31, 0, 0);
        UUID uuid = UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210");
        BigDecimal lsn = new BigDecimal("1234567890123456789012345");
        String longText = "\ud83d\ude00".repeat(50_000);
        byte[] longBytes = new byte[100_000];
        Arrays.fill(longBytes, (byte) 0xA5);
        List<Value> values =
                List.of(
                        new Value(SqlType.TINYINT, 255, (short) 255),
                        new Value(SqlType.SMALLINT, -7, (short) -7),
                        new Value(SqlType.INT, Integer.MIN_VALUE, Integer.MIN_VALUE),
                        new Value(SqlType.BIGINT, Long.MAX_VALUE, Long.MAX_VALUE),
                        new Value(SqlType.BIT, true, true),
                        new Value(SqlType.BIT, false, false),
                        new Value(SqlType.REAL, 12.5f, 12.5f),
                        new Value(SqlType.FLOAT, -1e300, -1e300),
                        new Value(SqlType.numeric(25, 0), lsn, lsn),
                        new Value(SqlType.numeric(20, 0), BigDecimal.ZERO, BigDecimal.ZERO),
                        new Value(
                                SqlType.numeric(38, 4),
                                new BigDecimal("-1.5"),
                                new BigDecimal("-1.5000")),
                        new Value(SqlType.UNIQUEIDENTIFIER, uuid, uuid),
                        // datetime counts 1/300 s, of which the driver makes milliseconds
                        new Value(SqlType.DATETIME, time, time.withNano(123_000_000)),
                        new Value(SqlType.DATETIME, midnight.minusNanos(1), midnight),
                        new Value(SqlType.datetime2(7), time, time),
                        new Value(SqlType.datetime2(3), time, time.withNano(123_000_000)),
                        new Value(SqlType.datetime2(0), time, time.withNano(0)),
                        new Value(
                                SqlType.SYSNAME,
                                "Ver\u00e4nderung \u65e5",
                                "Ver\u00e4nderung \u65e5"),
                        new Value(SqlType.nvarchar(60), "", ""),
                        new Value(SqlType.NVARCHAR_MAX, longText, longText),
                        new Value(SqlType.NVARCHAR_MAX, "", ""),
                        new Value(SqlType.varchar(20), "d\u00e9j\u00e0 vu", "d\u00e9j\u00e0 vu"),
                        new Value(SqlType.character(1), "D", "D"),
                        new Value(SqlType.varbinary(20), new byte[] {1, -1}, new byte[] {1, -1}),
                        new Value(SqlType.VARBINARY_MAX, longBytes, longBytes));
        TdsServer server =
                started(
                        (request, reply) -> {
                            reply.columns(
                                    values.stream()
                                            .map(value -> new Column("c", value.type()))
                                            .toArray(Column[]::new));
                            reply.row(values.stream().map(Value::sent).toArray());
                            reply.row(new Object[values.size()]);
                            reply.row(values.stream().map(Value::sent).toArray());
                        });

        try (Connection connection = source(server).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT")) {
            for (int row = 0; row < 3; row++) {
                assertThat(result.next()).isTrue();
                for (int i = 0; i < values.size(); i++) {
                    Value value = values.get(i);
                    assertThat((Object) result.getObject(i + 1, value.read().getClass()))
                            .as("row %d, %s", row, value)
                            .isEqualTo(row == 1 ? null : value.read());
                }
            }
            assertThat(result.next()).isFalse();
        }
    }

    /** What is sent, and what the driver makes of it. */
    private record Value(SqlType type, Object sent, Object read) {}

    @Test
    void aCancelledStatementHearsOfItAndEndsWhenItLikes() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Reply.Stop> stop = new CompletableFuture<>();
        TdsServer server =
                started(
                        (request, reply) -> {
                            if (request.text().equals("SELECT 1")) {
                                reply.columns(new Column("n", SqlType.INT));
                                reply.row(1);
                                return;
                            }
                            reply.message(percent(10));
                            running.countDown();
                            stop.complete(reply.stopped().get(30, TimeUnit.SECONDS));
                            reply.message(percent(20));
                            reply.message(new Message(3204, 16, 1, "The operation was aborted."));
                        });
        List<Integer> heard = new CopyOnWriteArrayList<>();
        try (Connection connection = source(server).getConnection();
                Statement statement = connection.createStatement()) {
            ((SQLServerConnection) connection)
                    .setServerMessageHandler(
                            message -> {
                                heard.add(message.getErrorNumber());
                                return message;
                            });
            var failure = inBackground(() -> statement.execute("BACKUP"));
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
            statement.cancel();

            assertThat(stop.get(30, TimeUnit.SECONDS)).isEqualTo(Reply.Stop.ATTENTION);
            assertThat(failure.get(30, TimeUnit.SECONDS)).hasMessageContaining("cancel");
            assertThat(heard).containsExactly(3211, 3211, 3204);
            // and the connection lives
            try (ResultSet result = statement.executeQuery("SELECT 1")) {
                assertThat(result.next()).isTrue();
            }
        }
    }

    @Test
    void aCancelThatComesTooLateIsAcknowledgedToo() throws Exception {
        String text = "x".repeat(4000);
        TdsServer server =
                started(
                        (request, reply) -> {
                            reply.columns(new Column("text", SqlType.nvarchar(4000)));
                            for (int i = 0; i < 10; i++) {
                                reply.row(text);
                            }
                        });
        try (Connection connection = source(server).getConnection();
                Statement statement = connection.createStatement()) {
            // the whole answer is under way, and the client has read its beginning
            for (int i = 0; i < 50; i++) {
                try (ResultSet result = statement.executeQuery("SELECT")) {
                    assertThat(result.next()).isTrue();
                    statement.cancel();
                }
            }
            try (ResultSet result = statement.executeQuery("SELECT")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getString(1)).isEqualTo(text);
            }
        }
    }

    @Test
    void aConnectionDroppedInMidStatementIsAnErrorOfTheClient() throws Exception {
        TdsServer server =
                started(
                        (request, reply) -> {
                            reply.message(percent(10));
                            reply.drop();
                        });
        try (Connection connection = source(server).getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("BACKUP"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("reset");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void aStatementHearsThatItsClientHasGone() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Reply.Stop> stop = new CompletableFuture<>();
        TdsServer server =
                started(
                        (request, reply) -> {
                            running.countDown();
                            stop.complete(reply.stopped().get(30, TimeUnit.SECONDS));
                        });
        Connection connection = source(server).getConnection();
        var client = inBackground(() -> connection.createStatement().execute("BACKUP"));
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        connection.abort(Runnable::run);

        assertThat(stop.get(30, TimeUnit.SECONDS)).isEqualTo(Reply.Stop.CONNECTION_LOST);
        assertThat(client.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void closeEndsASilentStatementAndAHangingLogin() throws Exception {
        CountDownLatch waiting = new CountDownLatch(2);
        BlockingQueue<Reply.Stop> stops = new LinkedBlockingQueue<>();
        TdsServer server =
                TdsServer.start(
                        new Handler() {
                            @Override
                            public void login(Login login, Reply reply) throws Exception {
                                if (login.database().equals("hang")) {
                                    waiting.countDown();
                                    stops.add(reply.stopped().get(30, TimeUnit.SECONDS));
                                }
                            }

                            @Override
                            public void batch(Request request, Reply reply) throws Exception {
                                waiting.countDown();
                                stops.add(reply.stopped().get(30, TimeUnit.SECONDS));
                            }
                        });
        Connection connection = source(server).getConnection();
        SQLServerDataSource hanging = source(server);
        hanging.setDatabaseName("hang");
        var first = inBackground(() -> connection.createStatement().execute("BACKUP"));
        var second = inBackground(hanging::getConnection);
        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        server.close();

        assertThat(stops).containsExactly(Reply.Stop.CONNECTION_LOST, Reply.Stop.CONNECTION_LOST);
        assertThat(first.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(second.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aHangingLoginEndsWithTheClientsTimeOut() throws Exception {
        CompletableFuture<Reply.Stop> stop = new CompletableFuture<>();
        TdsServer server =
                started(
                        new Handler() {
                            @Override
                            public void login(Login login, Reply reply) throws Exception {
                                stop.complete(reply.stopped().get(30, TimeUnit.SECONDS));
                            }

                            @Override
                            public void batch(Request request, Reply reply) {
                                throw new AssertionError("it is not logged in");
                            }
                        });
        SQLServerDataSource source = source(server);
        source.setLoginTimeout(1);

        assertThatThrownBy(source::getConnection).hasMessageContaining("timed out");
        assertThat(stop.get(30, TimeUnit.SECONDS)).isEqualTo(Reply.Stop.CONNECTION_LOST);
    }

    private interface Call {
        Object run() throws Exception;
    }

    /** Runs what must fail, since its connection is lost; completed with how it failed. */
    private static CompletableFuture<Exception> inBackground(Call call) {
        CompletableFuture<Exception> failure = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                failure.completeExceptionally(
                                        new AssertionError("it returned " + call.run()));
                            } catch (SQLException e) {
                                failure.complete(e);
                            } catch (Throwable e) {
                                failure.completeExceptionally(e);
                            }
                        });
        return failure;
    }

    @Nested
    class WithTls {

        @ParameterizedTest
        @CsvSource({
            "AVAILABLE, false",
            "AVAILABLE, true",
            "REQUIRED, false",
            "REQUIRED, true",
            "STRICT, strict"
        })
        void aClientThatTrustsTheAuthorityIsServed(Encryption encryption, String wish)
                throws Exception {
            TdsServer server = started(encryption, certificates.valid());
            SQLServerDataSource source = source(server);
            source.setEncrypt(wish);
            trustAuthority(source);

            assertThat(answer(source)).isEqualTo("SELECT 1");
        }

        @ParameterizedTest
        @CsvSource({"AVAILABLE, true", "REQUIRED, true", "STRICT, strict"})
        void aCertificateOfAnUnknownAuthorityIsRefused(Encryption encryption, String wish)
                throws Exception {
            TdsServer server = started(encryption, certificates.valid());
            SQLServerDataSource source = source(server);
            source.setEncrypt(wish);

            assertThatThrownBy(() -> answer(source)).hasMessageContaining("PKIX path building");
        }

        @ParameterizedTest
        @CsvSource({"REQUIRED, true", "STRICT, strict"})
        void aCertificateOfAnotherHostIsRefused(Encryption encryption, String wish)
                throws Exception {
            TdsServer server = started(encryption, certificates.ofAnotherHost());
            SQLServerDataSource source = source(server);
            source.setEncrypt(wish);
            trustAuthority(source);

            assertThatThrownBy(() -> answer(source)).hasMessageContaining("127.0.0.1");
            source.setHostNameInCertificate("elsewhere.example");
            assertThat(answer(source)).isEqualTo("SELECT 1");
        }

        @ParameterizedTest
        @CsvSource({"REQUIRED, true", "STRICT, strict"})
        void anExpiredCertificateIsRefused(Encryption encryption, String wish) throws Exception {
            TdsServer server = started(encryption, certificates.expired());
            SQLServerDataSource source = source(server);
            source.setEncrypt(wish);
            trustAuthority(source);

            assertThatThrownBy(() -> answer(source)).hasMessageContaining("validity");
        }

        @Test
        void aClientMayTrustBlindlyExceptInStrictMode() throws Exception {
            SQLServerDataSource source =
                    source(started(Encryption.REQUIRED, certificates.expired()));
            source.setEncrypt("true");
            source.setTrustServerCertificate(true);
            assertThat(answer(source)).isEqualTo("SELECT 1");

            SQLServerDataSource strict = source(started(Encryption.STRICT, certificates.expired()));
            strict.setEncrypt("strict");
            strict.setTrustServerCertificate(true);
            assertThatThrownBy(() -> answer(strict)).isInstanceOf(SQLException.class);
        }

        @Test
        void inStrictModeAClientMayTrustOneCertificate() throws Exception {
            TestCertificates.Identity identity = certificates.ofAnotherHost();
            SQLServerDataSource source = source(started(Encryption.STRICT, identity));
            source.setEncrypt("strict");
            source.setServerCertificate(certificates.pem(identity).toString());
            assertThat(answer(source)).isEqualTo("SELECT 1");

            source.setServerCertificate(certificates.pem(certificates.valid()).toString());
            assertThatThrownBy(() -> answer(source)).isInstanceOf(SQLException.class);
        }

        @Test
        void aClientThatInsistsOnTlsLeavesAServerWithoutIt() throws Exception {
            SQLServerDataSource source = source(started((request, reply) -> {}));
            source.setEncrypt("true");

            assertThatThrownBy(() -> answer(source)).hasMessageContaining("SSL");
        }

        @Test
        void aStrictClientIsTurnedAwayByAServerThatIsNot() throws Exception {
            SQLServerDataSource source = source(started(Encryption.REQUIRED, certificates.valid()));
            source.setEncrypt("strict");
            trustAuthority(source);

            assertThatThrownBy(() -> answer(source)).hasMessageContaining("(SSL)");
        }

        @Test
        void aStrictServerTurnsAwayAClientThatIsNot() throws Exception {
            SQLServerDataSource source = source(started(Encryption.STRICT, certificates.valid()));
            source.setEncrypt("true");
            trustAuthority(source);

            assertThatThrownBy(() -> answer(source)).isInstanceOf(SQLException.class);
        }
    }

    private static String answer(SQLServerDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1")) {
            result.next();
            return result.getString(1);
        }
    }

    private static void trustAuthority(SQLServerDataSource source) throws Exception {
        source.setTrustStore(certificates.trustStore().toString());
        source.setTrustStorePassword(certificates.password());
    }

    private TdsServer started(Encryption encryption, TestCertificates.Identity identity)
            throws Exception {
        TdsServer server =
                TdsServer.start(
                        encryption,
                        identity,
                        (request, reply) -> {
                            reply.columns(new Column("text", SqlType.NVARCHAR_MAX));
                            reply.row(request.text());
                        });
        servers.add(server);
        return server;
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
        SQLServerDataSource source = sourceWithoutUser(server);
        source.setUser("sluice");
        source.setPassword(PASSWORD);
        return source;
    }

    private static SQLServerDataSource sourceWithoutUser(TdsServer server) {
        SQLServerDataSource source = new SQLServerDataSource();
        source.setServerName("127.0.0.1");
        source.setPortNumber(server.port());
        source.setEncrypt("false");
        source.setLoginTimeout(20);
        return source;
    }

    /** Takes every login, and answers a batch with its text. */
    private record Echo(Queue<Login> logins) implements Handler {

        @Override
        public void login(Login login, Reply reply) {
            logins.add(login);
        }

        @Override
        public void batch(Request request, Reply reply) throws Exception {
            reply.columns(new Column("text", SqlType.NVARCHAR_MAX));
            reply.row(request.text());
        }
    }
}
