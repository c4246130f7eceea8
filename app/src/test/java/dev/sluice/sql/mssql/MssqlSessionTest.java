package dev.sluice.sql.mssql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerDataSource;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.RecordedBackup;
import dev.sluice.sql.ResultTable;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.StatementResult;
import dev.sluice.sql.UserAccess;
import dev.sluice.sql.VolumeSpace;
import dev.sluice.tds.Column;
import dev.sluice.tds.Handler;
import dev.sluice.tds.Message;
import dev.sluice.tds.Reply;
import dev.sluice.tds.SqlType;
import dev.sluice.tds.TdsServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Through SQL Server's own driver, unmodified, against a server that speaks its protocol. */
@Timeout(60)
class MssqlSessionTest {

    private static final Instant CREATED = Instant.parse("2026-01-10T08:00:00Z");
    private static final Message SUCCEEDED =
            new Message(3014, 10, 1, "BACKUP DATABASE successfully processed 1 pages.");
    private static final Message FAILED =
            new Message(3013, 16, 1, "BACKUP DATABASE is terminating abnormally.");

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    private MssqlSession session(Handler handler) throws Exception {
        TdsServer server = TdsServer.start(handler);
        open.add(server);
        SQLServerDataSource source = new SQLServerDataSource();
        source.setServerName("127.0.0.1");
        source.setPortNumber(server.port());
        source.setUser("sluice");
        source.setPassword("hunter2, not looked at");
        source.setEncrypt("false");
        source.setLoginTimeout(30);
        source.setConnectRetryCount(0);
        MssqlSession session =
                new MssqlSession("prod", (SQLServerConnection) source.getConnection(), true);
        open.add(session);
        return session;
    }

    private static Message percent(int done) {
        return new Message(3211, 10, 1, done + " percent processed.");
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStatementGoesToTheServerAsItIs() throws Exception {
        List<String> texts = new ArrayList<>();
        MssqlSession session =
                session(
                        (request, reply) -> {
                            texts.add(request.text());
                            reply.message(SUCCEEDED);
                        });
        String text =
                "BACKUP DATABASE [{fn now()} ? @p \u00e4\ud83d\ude00 ]]] TO DISK = N'{d ''1''}'";
        session.execute(text, message -> {});
        assertThat(texts).containsExactly(text);
    }

    @Test
    void messagesAreHeardWhileTheStatementRuns() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        MssqlSession session =
                session(
                        (request, reply) -> {
                            reply.message(percent(10));
                            await(heard);
                            reply.message(SUCCEEDED);
                        });
        StatementResult result =
                session.execute(
                        "BACKUP",
                        message -> {
                            if (message.number() == SqlMessage.PERCENT_PROCESSED) {
                                heard.countDown();
                            }
                        });
        assertThat(result.messages()).extracting(SqlMessage::number).containsExactly(3211, 3014);
    }

    @Test
    void aFailedStatementTellsAllItsMessagesInOrder() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) -> {
                            reply.message(percent(10));
                            reply.message(
                                    new Message(18210, 16, 1, "Operating system error 995 ()."));
                            reply.message(FAILED);
                        });
        assertThatThrownBy(() -> session.execute("BACKUP", message -> {}))
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        failure -> {
                            assertThat(failure.messages())
                                    .extracting(SqlMessage::number)
                                    .containsExactly(3211, 18210, 3013);
                            assertThat(failure)
                                    .hasMessageContaining("Msg 18210, Level 16, State 1")
                                    .hasMessageContaining("Msg 3013");
                        });
    }

    @Test
    void anErrorThatTheServerGotOverIsNoFailure() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) -> {
                            reply.message(new Message(3183, 16, 1, "A page was damaged."));
                            reply.message(SUCCEEDED);
                        });
        StatementResult result = session.execute("RESTORE", message -> {});
        assertThat(result.messages()).extracting(SqlMessage::number).containsExactly(3183, 3014);
    }

    @Test
    void anErrorOfALaterStatementIsNotOverlooked() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) -> {
                            reply.columns(new Column("n", SqlType.INT));
                            reply.row(1);
                            reply.done();
                            reply.message(SUCCEEDED);
                            reply.done();
                            reply.message(FAILED);
                        });
        assertThatThrownBy(() -> session.execute("RESTORE", message -> {}))
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        failure -> assertThat(failure.has(3013)).isTrue());
    }

    @Test
    void whatFollowsAnErrorIsReadToTheEnd() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) -> {
                            reply.message(new Message(3183, 16, 1, "A page was damaged."));
                            reply.done();
                            reply.columns(new Column("n", SqlType.INT));
                            reply.row(7);
                            reply.done();
                            reply.message(SUCCEEDED);
                        });
        StatementResult result = session.execute("RESTORE", message -> {});
        assertThat(result.tables()).hasSize(1);
        assertThat(result.tables().getFirst().value(0, "n")).isEqualTo(7);
    }

    @Test
    void resultsHaveTypesOfJava() throws Exception {
        LocalDateTime time = LocalDateTime.of(2026, 11, 21, 5, 6, 7);
        MssqlSession session =
                session(
                        (request, reply) -> {
                            reply.columns(
                                    new Column("lsn", SqlType.numeric(25, 0)),
                                    new Column("name", SqlType.nvarchar(128)),
                                    new Column("type", SqlType.TINYINT),
                                    new Column("small", SqlType.SMALLINT),
                                    new Column("size", SqlType.BIGINT),
                                    new Column("flag", SqlType.BIT),
                                    new Column("time", SqlType.DATETIME),
                                    new Column("nothing", SqlType.INT),
                                    new Column("bytes", SqlType.varbinary(8)));
                            reply.row(
                                    new BigDecimal("34000000012300001"),
                                    "Sal\u00e9s",
                                    (short) 200,
                                    (short) -3,
                                    5_000_000_000L,
                                    true,
                                    time,
                                    null,
                                    new byte[] {(byte) 0xAB, 1});
                        });
        ResultTable table =
                session.execute("RESTORE HEADERONLY", message -> {}).tables().getFirst();
        assertThat(table.rows())
                .containsExactly(
                        Arrays.asList(
                                "34000000012300001",
                                "Sal\u00e9s",
                                200,
                                -3,
                                5_000_000_000L,
                                true,
                                time,
                                null,
                                "ab01"));
    }

    @Test
    void anAttentionEndsTheStatementAndTheSessionGoesOn() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        MssqlSession session =
                session(
                        (request, reply) -> {
                            if (request.text().equals("quick")) {
                                reply.message(SUCCEEDED);
                                return;
                            }
                            reply.message(percent(10));
                            running.countDown();
                            assertThat(reply.stopped().get(30, TimeUnit.SECONDS))
                                    .isEqualTo(Reply.Stop.ATTENTION);
                            reply.message(new Message(3204, 16, 1, "The backup was aborted."));
                            reply.message(FAILED);
                        });
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<StatementResult> statement =
                    threads.submit(() -> session.execute("BACKUP", message -> {}));
            await(running);
            session.cancel();
            session.cancel();
            assertThatThrownBy(() -> statement.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            SqlServerException.class,
                            failure ->
                                    assertThat(failure.messages())
                                            .extracting(SqlMessage::number)
                                            .containsExactly(3211, 3204, 3013));
        }
        assertThat(session.execute("quick", message -> {}).messages()).hasSize(1);
    }

    @Test
    void anAttentionWithoutAStatementDoesNothing() throws Exception {
        MssqlSession session = session((request, reply) -> reply.message(SUCCEEDED));
        session.cancel();
        assertThat(session.execute("BACKUP", message -> {}).messages()).hasSize(1);
        session.cancel();
        assertThat(session.execute("BACKUP", message -> {}).messages()).hasSize(1);
    }

    @Test
    void aLostConnectionIsTold() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) -> {
                            reply.message(percent(10));
                            reply.drop();
                        });
        List<Integer> heard = new ArrayList<>();
        assertThatThrownBy(() -> session.execute("BACKUP", message -> heard.add(message.number())))
                .isInstanceOf(SqlServerException.class)
                .hasMessageContaining("the connection to prod was lost while a statement ran");
        assertThat(heard).containsExactly(3211);
        assertThatThrownBy(() -> session.execute("BACKUP", message -> {}))
                .isInstanceOf(SqlServerException.class)
                .hasMessageContaining("prod");
    }

    @Test
    void aSessionClosedByAnotherThreadEndsItsStatement() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        MssqlSession session =
                session(
                        (request, reply) -> {
                            reply.message(percent(10));
                            running.countDown();
                            reply.stopped().get(30, TimeUnit.SECONDS);
                        });
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<StatementResult> statement =
                    threads.submit(() -> session.execute("BACKUP", message -> {}));
            await(running);
            session.close();
            assertThatThrownBy(() -> statement.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(SqlServerException.class);
        }
    }

    @Test
    void asksHowFarAnotherSessionIs() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) -> {
                            switch (request.text()) {
                                case Catalog.SESSION -> {
                                    reply.columns(new Column("session", SqlType.SMALLINT));
                                    reply.row((short) 57);
                                }
                                case "SELECT CAST(r.percent_complete AS float) AS done FROM"
                                                + " sys.dm_exec_requests AS r WHERE r.session_id ="
                                                + " 57" -> {
                                    reply.columns(new Column("done", SqlType.FLOAT));
                                    reply.row(12.34);
                                }
                                default -> reply.columns(new Column("done", SqlType.FLOAT));
                            }
                        });
        assertThat(session.id()).hasValue(57);
        assertThat(session.percentOf(57)).hasValue(12.34);
        assertThat(session.percentOf(58)).isEmpty();
    }

    @Test
    void asksHowMuchOfADatabaseIsInUse() throws Exception {
        List<String> texts = new ArrayList<>();
        MssqlSession session =
                session(
                        (request, reply) -> {
                            texts.add(request.text());
                            reply.columns(new Column("bytes", SqlType.BIGINT));
                            reply.row(8192L);
                        });
        assertThat(session.allocatedBytes("a]b")).hasValue(8192);
        assertThat(session.changedBytes("a]b")).hasValue(8192);
        assertThat(texts)
                .containsExactly(
                        "SELECT SUM(u.allocated_extent_page_count) * 8192 AS bytes FROM"
                                + " [a]]b].sys.dm_db_file_space_usage AS u",
                        "SELECT SUM(u.modified_extent_page_count) * 8192 AS bytes FROM"
                                + " [a]]b].sys.dm_db_file_space_usage AS u");
    }

    @Test
    void asksWhetherBackupsAreCompressed() throws Exception {
        int[] configured = {1};
        MssqlSession session =
                session(
                        (request, reply) -> {
                            assertThat(request.text()).isEqualTo(Catalog.COMPRESSES_BACKUPS);
                            reply.columns(new Column("value", SqlType.INT));
                            reply.row(configured[0]);
                        });
        assertThat(session.compressesBackups()).isTrue();
        configured[0] = 0;
        assertThat(session.compressesBackups()).isFalse();
    }

    @Test
    void aServerThatDoesNotTellCostsNoMoreThanThat() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) -> {
                            if (request.text().equals("BACKUP")) {
                                reply.message(SUCCEEDED);
                            } else {
                                reply.message(
                                        new Message(
                                                207,
                                                16,
                                                1,
                                                "Invalid column name"
                                                        + " 'modified_extent_page_count'."));
                            }
                        });
        assertThat(session.changedBytes("Sales")).isEmpty();
        assertThat(session.execute("BACKUP", message -> {}).messages()).hasSize(1);
    }

    @Test
    void readsWhatTheServerTellsAboutItself() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) -> {
                            switch (request.text()) {
                                case Catalog.FACTS -> facts(reply);
                                case Catalog.DATABASES -> databases(reply);
                                case Catalog.FILES -> {
                                    reply.columns(
                                            new Column("database_name", SqlType.nvarchar(128)),
                                            new Column("logical_name", SqlType.nvarchar(128)),
                                            new Column("path", SqlType.nvarchar(260)),
                                            new Column("bytes", SqlType.BIGINT),
                                            new Column("state", SqlType.nvarchar(60)));
                                    reply.row(
                                            "master",
                                            "master",
                                            "C:\\data\\master.mdf",
                                            8192L,
                                            "ONLINE");
                                    reply.row(
                                            "master", "mastlog", "C:\\data\\mastlog.ldf", 0L, null);
                                }
                                default -> throw new AssertionError(request.text());
                            }
                        });
        ServerFacts facts = session.facts();
        assertThat(facts.machine()).isEqualTo("SQL7");
        assertThat(facts.instance()).isNull();
        assertThat(facts.majorVersion()).isEqualTo(16);
        assertThat(facts.sysadmin()).isTrue();
        assertThat(facts.dataFolder()).isEqualTo("C:\\data\\");
        assertThat(facts.serverAddress()).isEqualTo("10.0.0.5");
        assertThat(session.databases())
                .containsExactly(
                        new DatabaseInfo(
                                "Sales",
                                State.ONLINE,
                                "FULL",
                                5L << 30,
                                true,
                                true,
                                false,
                                UserAccess.RESTRICTED_USER,
                                CREATED),
                        of("Old", State.RECOVERY_PENDING, "SIMPLE"),
                        of("New", State.UNKNOWN, ""),
                        of("None", State.UNKNOWN, "FULL"));
        assertThat(session.files())
                .containsExactly(
                        new DatabaseFile(
                                "master", "master", "C:\\data\\master.mdf", 8192, "ONLINE"),
                        new DatabaseFile("master", "mastlog", "C:\\data\\mastlog.ldf"));
    }

    @Test
    void readsHowMuchRoomThereIsAndWhichKeysThereAre() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) -> {
                            switch (request.text()) {
                                case Catalog.FILE_VOLUMES -> {
                                    volumes(reply);
                                    reply.row("E:\\mnt\\a.mdf", "E:\\mnt\\", 5L << 40);
                                    reply.row("F:\\b.mdf", null, 1L);
                                    reply.row("F:\\c.mdf", "F:\\", null);
                                }
                                case Catalog.DRIVES -> {
                                    volumes(reply);
                                    reply.row("C:\\", "C:\\", 7L);
                                }
                                case Catalog.CERTIFICATES -> {
                                    reply.columns(new Column("thumbprint", SqlType.varbinary(32)));
                                    reply.row(new byte[] {(byte) 0xAB, 1});
                                }
                                case Catalog.ASYMMETRIC_KEYS -> {
                                    reply.columns(new Column("thumbprint", SqlType.varbinary(32)));
                                    reply.row((Object) null);
                                }
                                default -> throw new AssertionError(request.text());
                            }
                        });
        assertThat(session.volumes())
                .containsExactly(
                        new VolumeSpace("E:\\mnt\\a.mdf", "E:\\mnt\\", 5L << 40),
                        new VolumeSpace("C:\\", "C:\\", 7));
        assertThat(session.keys()).contains(Set.of("ab01"));
    }

    private static void volumes(Reply reply) throws Exception {
        reply.columns(
                new Column("path", SqlType.nvarchar(260)),
                new Column("volume", SqlType.nvarchar(512)),
                new Column("free", SqlType.BIGINT));
    }

    @Test
    void aRefusalToTellOfRoomAndKeysIsNoFailure() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) ->
                                reply.message(new Message(300, 14, 1, "permission was denied")));
        assertThat(session.volumes()).isEmpty();
        assertThat(session.keys()).isEmpty();
    }

    @Test
    void readsTheRecordOfBackups() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) -> {
                            assertThat(request.text()).isEqualTo(Catalog.BACKUPS);
                            reply.columns(
                                    new Column("database_name", SqlType.SYSNAME),
                                    new Column("type", SqlType.character(1)),
                                    new Column("copy_only", SqlType.BIT),
                                    new Column("started", SqlType.character(19)),
                                    new Column("finished", SqlType.character(19)),
                                    new Column("user_name", SqlType.SYSNAME),
                                    new Column("device", SqlType.nvarchar(260)));
                            String start = "2026-03-29T01:55:00";
                            // an hour that a clock in Berlin never showed
                            String time = "2026-03-29T02:30:00";
                            reply.row("Sales", "D", true, start, time, "CORP\\agent", "E:\\s.bak");
                            reply.row("Sales", "Q", false, start, time, null, null);
                            reply.row("Sales", "?", false, start, time, null, null);
                            reply.row("Sales", null, false, start, time, null, null);
                        });
        Instant started = Instant.parse("2026-03-29T01:55:00Z");
        Instant finished = Instant.parse("2026-03-29T02:30:00Z");
        assertThat(session.backups())
                .containsExactly(
                        new RecordedBackup(
                                "Sales",
                                BackupType.FULL,
                                null,
                                true,
                                started,
                                finished,
                                "CORP\\agent",
                                "E:\\s.bak"),
                        new RecordedBackup(
                                "Sales",
                                BackupType.DIFFERENTIAL,
                                "partial",
                                false,
                                started,
                                finished,
                                "",
                                ""));
    }

    @Test
    void aRecordThatTakesTooLongIsGivenUpAndTheSessionGoesOn() throws Exception {
        MssqlSession session =
                session(
                        (request, reply) -> {
                            if (request.text().equals(Catalog.BACKUPS)) {
                                assertThat(reply.stopped().get(30, TimeUnit.SECONDS))
                                        .isEqualTo(Reply.Stop.ATTENTION);
                            } else {
                                reply.message(SUCCEEDED);
                            }
                        });
        assertThatThrownBy(() -> session.backups(Duration.ofSeconds(1)))
                .isInstanceOf(SqlServerException.class)
                .hasMessageContaining("the statement on prod failed");
        assertThat(session.execute("BACKUP", message -> {}).messages()).hasSize(1);
    }

    private static void facts(Reply reply) throws Exception {
        List<String> texts = List.of("machine", "instance", "version", "edition", "data", "log");
        List<Column> columns = new ArrayList<>();
        texts.forEach(name -> columns.add(new Column(name, SqlType.nvarchar(128))));
        columns.add(new Column("sysadmin", SqlType.BIT));
        columns.add(new Column("login", SqlType.nvarchar(128)));
        columns.add(new Column("server_address", SqlType.nvarchar(48)));
        columns.add(new Column("client_address", SqlType.nvarchar(48)));
        reply.columns(columns.toArray(Column[]::new));
        reply.row(
                "SQL7",
                null,
                "16.0.4125.3",
                "Developer Edition (64-bit)",
                "C:\\data\\",
                "C:\\log\\",
                true,
                "sa",
                "10.0.0.5",
                "10.0.0.7");
    }

    private static DatabaseInfo of(String name, State state, String recoveryModel) {
        return new DatabaseInfo(
                name, state, recoveryModel, 0, false, false, false, UserAccess.MULTI_USER, CREATED);
    }

    private static void databases(Reply reply) throws Exception {
        reply.columns(
                new Column("name", SqlType.SYSNAME),
                new Column("state", SqlType.nvarchar(60)),
                new Column("recovery_model", SqlType.nvarchar(60)),
                new Column("encrypted", SqlType.BIT),
                new Column("bytes", SqlType.BIGINT),
                new Column("differential_base", SqlType.BIT),
                new Column("log_chain", SqlType.BIT),
                new Column("user_access", SqlType.nvarchar(60)),
                new Column("created", SqlType.nvarchar(19)));
        String created = "2026-01-10T08:00:00";
        reply.row(
                "Sales", "ONLINE", "FULL", true, 5L << 30, true, false, "RESTRICTED_USER", created);
        reply.row(
                "Old",
                "RECOVERY_PENDING",
                "SIMPLE",
                false,
                0L,
                false,
                false,
                "MULTI_USER",
                created);
        reply.row("New", "HIBERNATING", null, false, 0L, false, false, "MULTI_USER", created);
        reply.row("None", null, "FULL", false, 0L, false, false, "MULTI_USER", created);
    }
}
