package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.sql.ResultTable;
import dev.sluice.sql.Scope;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;
import dev.sluice.vdi.protocol.CommandCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What {@link SqlServer} and {@link SqlSession} promise, whichever server is behind them. Without
 * the product: the statements run against a client of one device in memory.
 */
@Timeout(300)
abstract class SqlServerContract {

    private static final String LABEL = "contract of [O'Brien] \uD83D\uDE80";
    private static final TransferOptions SIZES = new TransferOptions(4096, 0, 131072);

    private SqlServer server;
    private SqlSession session;

    /** The server, with the database of {@link #database()}; the same one on each call. */
    abstract SqlServer server() throws Exception;

    /** A database that is ONLINE and holds something. */
    abstract String database();

    /** Changes what the database holds. */
    abstract void change() throws Exception;

    /** Fails unless two databases hold the same. */
    abstract void assertSame(String one, String other) throws Exception;

    /** Removes what the test has made; the session is closed. */
    abstract void tidyUp() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        server = server();
        session = server.connect();
    }

    @AfterEach
    void end() throws Exception {
        session.close();
        tidyUp();
    }

    private static String backup(String database, String device) {
        return backup(BackupType.FULL, false, database, device);
    }

    private static String backup(
            BackupType type, boolean copyOnly, String database, String device) {
        BackupStatement.Options none = BackupStatement.Options.NONE;
        return new BackupStatement(
                        type,
                        database,
                        new Scope.WholeDatabase(),
                        List.of(device),
                        new BackupStatement.Options(
                                copyOnly,
                                true,
                                none.format(),
                                none.compression(),
                                SIZES,
                                5,
                                LABEL,
                                none.description(),
                                none.tail()))
                .toSql();
    }

    private byte[] backedUp() throws Exception {
        return backedUp(BackupType.FULL, false);
    }

    private byte[] backedUp(BackupType type, boolean copyOnly) throws Exception {
        StreamClient client = new StreamClient(server, session);
        client.run(backup(type, copyOnly, database(), client.device));
        return client.written();
    }

    /** Restores to the copy. */
    private StatementResult restore(byte[] backup, List<Move> moves, Recovery recovery)
            throws Exception {
        StreamClient client = new StreamClient(server, session).from(backup);
        return client.run(
                new RestoreStatement(
                                RestoreStatement.Kind.DATABASE,
                                copy(),
                                new Scope.WholeDatabase(),
                                List.of(client.device),
                                new RestoreStatement.Options(
                                        0,
                                        true,
                                        false,
                                        false,
                                        recovery,
                                        new StopAt.End(),
                                        moves,
                                        SIZES,
                                        5))
                        .toSql());
    }

    private String copy() {
        return database() + " copy";
    }

    private void assertFails(String statement, StreamClient client, Integer... numbers) {
        assertThatThrownBy(() -> client.run(statement))
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        failure ->
                                assertThat(failure.messages())
                                        .filteredOn(SqlMessage::isError)
                                        .extracting(SqlMessage::number)
                                        .containsExactly(numbers));
    }

    private DatabaseInfo.State stateOf(String name) throws Exception {
        return session.databases().stream()
                .filter(listed -> listed.name().equals(name))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private ResultTable look(RestoreStatement.Kind kind, byte[] backup) throws Exception {
        StreamClient client = new StreamClient(server, session).from(backup);
        StatementResult result =
                client.run(RestoreStatement.look(kind, List.of(client.device)).toSql());
        assertThat(result.messages()).noneMatch(SqlMessage::isError);
        assertThat(result.tables()).hasSize(1);
        return result.tables().getFirst();
    }

    @Test
    void factsTellWhatTheServerIsAndWhoAsks() throws Exception {
        ServerFacts facts = session.facts();
        assertThat(facts.machine()).isNotBlank();
        assertThat(facts.version()).isNotBlank();
        assertThat(facts.edition()).isNotBlank();
        assertThat(facts.login()).isNotBlank();
        assertThat(facts.sysadmin()).isTrue();
    }

    @Test
    void databasesAreListedWithWhatABackupNeedsToKnow() throws Exception {
        DatabaseInfo database =
                session.databases().stream()
                        .filter(listed -> listed.name().equals(database()))
                        .findFirst()
                        .orElseThrow();
        assertThat(database.state()).isEqualTo(DatabaseInfo.State.ONLINE);
        assertThat(database.recoveryModel()).isIn("SIMPLE", "FULL", "BULK_LOGGED");
        assertThat(database.sizeBytes()).isPositive();
        assertThat(database.hasDifferentialBase()).isFalse();
    }

    @Test
    void aFullBackupIsABaseForDifferentials() throws Exception {
        backedUp();
        assertThat(session.databases())
                .filteredOn(listed -> listed.name().equals(database()))
                .extracting(DatabaseInfo::hasDifferentialBase)
                .containsExactly(true);
    }

    @Test
    void filesAreListedWithTheirDatabases() throws Exception {
        assertThat(session.files())
                .filteredOn(file -> file.database().equals(database()))
                .isNotEmpty()
                .allMatch(file -> !file.logicalName().isBlank() && !file.path().isBlank());
    }

    @Test
    void aBackupEndsWithTheMessageThatItSucceeded() throws Exception {
        StreamClient client = new StreamClient(server, session);
        StatementResult result = client.run(backup(database(), client.device));
        assertThat(client.written()).isNotEmpty();
        assertThat(result.messages()).isEqualTo(client.heard).isNotEmpty();
        assertThat(result.messages().getLast().number()).isEqualTo(SqlMessage.SUCCEEDED);
        assertThat(result.messages()).noneMatch(SqlMessage::isError);
    }

    @Test
    void messagesAreHeardWhileTheStatementRuns() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        StreamClient client = new StreamClient(server, session);
        Thread listener =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    while (client.heard.isEmpty()) {
                                        Thread.onSpinWait();
                                    }
                                    heard.countDown();
                                });
        client.before(
                        command -> {
                            // the statement cannot end before its Flush is answered
                            if (command == CommandCode.FLUSH) {
                                await(heard);
                            }
                        })
                .run(backup(database(), client.device));
        listener.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).as("a message was heard").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void whatFailsTellsItsErrorsInOrder() {
        StreamClient client = new StreamClient(server, session);
        assertThatThrownBy(() -> client.run(backup("no such database", client.device)))
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        failure -> {
                            assertThat(failure.messages())
                                    .filteredOn(SqlMessage::isError)
                                    .extracting(SqlMessage::number)
                                    .containsExactly(911, SqlMessage.TERMINATED_ABNORMALLY);
                            assertThat(failure.messages().getFirst().severity()).isEqualTo(16);
                            assertThat(failure.messages().getFirst().text())
                                    .contains("no such database");
                        });
    }

    @Test
    void theSessionGoesOnAfterAFailure() throws Exception {
        whatFailsTellsItsErrorsInOrder();
        assertThat(session.databases()).isNotEmpty();
        assertThat(backedUp()).isNotEmpty();
    }

    @Test
    void aCancelEndsTheRunningStatement() throws Exception {
        StreamClient client = new StreamClient(server, session);
        client.before(command -> session.cancel());
        assertThatThrownBy(() -> client.run(backup(database(), client.device)))
                .isInstanceOf(SqlServerException.class);
        assertThat(session.databases()).isNotEmpty();
    }

    @Test
    void aCancelWithoutAStatementDoesNothing() throws Exception {
        session.cancel();
        assertThat(session.databases()).isNotEmpty();
    }

    @Test
    void theHeaderIsToldByADeviceThatIsReadNoFurther() throws Exception {
        byte[] backup = backedUp();
        ResultTable header = look(RestoreStatement.Kind.HEADERONLY, backup);
        assertThat(header.rows()).hasSize(1);
        assertThat(header.value(0, "BackupType")).isEqualTo(1);
        assertThat(header.value(0, "DeviceType")).isEqualTo(7);
        assertThat(String.valueOf(header.value(0, "FirstLSN"))).matches("\\d+");
        assertThat(header.value(0, "BackupStartDate")).isInstanceOf(LocalDateTime.class);
    }

    @Test
    void theFilesAreToldByADeviceThatIsReadNoFurther() throws Exception {
        ResultTable files = look(RestoreStatement.Kind.FILELISTONLY, backedUp());
        assertThat(files.rows()).isNotEmpty();
        assertThat(files.value(0, "Type")).isEqualTo("D");
        assertThat(files.value(0, "LogicalName")).isNotNull();
    }

    @Test
    void whatWasBackedUpVerifies() throws Exception {
        byte[] backup = backedUp();
        StreamClient client = new StreamClient(server, session).from(backup);
        StatementResult result =
                client.run(
                        RestoreStatement.look(
                                        RestoreStatement.Kind.VERIFYONLY, List.of(client.device))
                                .toSql());
        assertThat(result.messages()).extracting(SqlMessage::number).contains(3262);
    }

    @Test
    void whatWasBackedUpIsRestoredUnderAnotherName() throws Exception {
        byte[] backup = backedUp();
        StatementResult result = restore(backup, moves(backup), new Recovery.Recover());
        assertThat(result.messages().getLast().number()).isEqualTo(SqlMessage.SUCCEEDED);
        assertThat(session.files()).extracting(DatabaseFile::database).contains(copy());
        assertThat(stateOf(copy())).isEqualTo(DatabaseInfo.State.ONLINE);
        assertSame(database(), copy());
    }

    /** To the instance's folders; a server without any has one place for all its files. */
    private List<Move> moves(byte[] backup) throws Exception {
        String folder = session.facts().dataFolder();
        if (folder == null) {
            return List.of();
        }
        ResultTable files = look(RestoreStatement.Kind.FILELISTONLY, backup);
        return files.rows().stream()
                .map(row -> String.valueOf(row.get(files.columns().indexOf("LogicalName"))))
                .map(name -> new Move(name, folder + copy() + " " + name))
                .toList();
    }

    // ---- chains

    @Test
    void aFullBackupAndADifferentialOneBringBackWhatTheDatabaseHolds() throws Exception {
        byte[] full = backedUp();
        change();
        byte[] differential = backedUp(BackupType.DIFFERENTIAL, false);

        restore(full, moves(full), new Recovery.NoRecovery());
        assertThat(stateOf(copy())).isEqualTo(DatabaseInfo.State.RESTORING);
        restore(differential, List.of(), new Recovery.Recover());

        assertThat(stateOf(copy())).isEqualTo(DatabaseInfo.State.ONLINE);
        assertSame(database(), copy());
    }

    @Test
    void aDifferentialBackupNeedsAFullOneThatIsNoCopy() throws Exception {
        assertNoBase();
        backedUp(BackupType.FULL, true);
        assertNoBase();
        backedUp();
        assertThat(backedUp(BackupType.DIFFERENTIAL, false)).isNotEmpty();
    }

    private void assertNoBase() {
        StreamClient client = new StreamClient(server, session);
        assertFails(
                backup(BackupType.DIFFERENTIAL, false, database(), client.device),
                client,
                3035,
                SqlMessage.TERMINATED_ABNORMALLY);
    }

    @Test
    void aDifferentialBackupDoesNotFitAnotherFullOne() throws Exception {
        byte[] older = backedUp();
        change();
        byte[] newer = backedUp();
        change();
        byte[] differential = backedUp(BackupType.DIFFERENTIAL, false);
        assertThat(newer).isNotEmpty();

        restore(older, moves(older), new Recovery.NoRecovery());

        assertThatThrownBy(() -> restore(differential, List.of(), new Recovery.Recover()))
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        failure -> assertThat(failure.has(3136)).isTrue());
        assertThat(stateOf(copy())).isEqualTo(DatabaseInfo.State.RESTORING);
    }

    @Test
    void aDatabaseThatIsBeingRestoredIsNotBackedUp() throws Exception {
        byte[] full = backedUp();
        restore(full, moves(full), new Recovery.NoRecovery());
        StreamClient client = new StreamClient(server, session);
        assertFails(backup(copy(), client.device), client, 927, SqlMessage.TERMINATED_ABNORMALLY);
    }

    @Test
    void aDifferentialBackupNeedsADatabaseThatWaitsForIt() throws Exception {
        byte[] full = backedUp();
        byte[] differential = backedUp(BackupType.DIFFERENTIAL, false);
        restore(full, moves(full), new Recovery.Recover());
        assertThatThrownBy(() -> restore(differential, List.of(), new Recovery.Recover()))
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        failure -> assertThat(failure.has(3117)).isTrue());
        assertSame(database(), copy());
    }

    // ---- what the statement asks of the devices

    @Test
    void theSizesOfTheStatementAreThoseOfTheDevice() throws Exception {
        StreamClient client = new StreamClient(server, session);
        client.run(backup(database(), client.device));
        assertThat(client.configuration().blockSize()).isEqualTo(SIZES.blockSize());
        assertThat(client.configuration().maxTransferSize()).isEqualTo(SIZES.maxTransferSize());
        assertThat(client.written().length % SIZES.blockSize()).isZero();
    }

    @Test
    void percentagesRiseAndNeverPassOneHundred() throws Exception {
        StreamClient client = new StreamClient(server, session);
        client.run(backup(database(), client.device));
        List<Integer> percentages =
                client.heard.stream()
                        .filter(message -> message.number() == 3211)
                        .map(message -> Integer.parseInt(message.text().split(" ", 2)[0]))
                        .toList();
        assertThat(percentages)
                .isNotEmpty()
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(percent -> percent > 0 && percent <= 100);
    }

    @Test
    void theHeaderTellsWhatTheStatementSaid() throws Exception {
        ResultTable header = look(RestoreStatement.Kind.HEADERONLY, backedUp());
        assertThat(header.value(0, "BackupName")).isEqualTo(LABEL);
        assertThat(header.value(0, "DatabaseName")).isEqualTo(database());
        assertThat(header.value(0, "HasBackupChecksums")).isEqualTo(true);
        backedUp();
        ResultTable differential =
                look(RestoreStatement.Kind.HEADERONLY, backedUp(BackupType.DIFFERENTIAL, false));
        assertThat(differential.value(0, "BackupType")).isEqualTo(5);
    }

    @Test
    void aDeviceThatNobodyMadeIsNotWaitedFor() throws Exception {
        String statement = backup(database(), "nobody-" + UUID.randomUUID());
        assertThatThrownBy(() -> session.execute(statement, message -> {}))
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        failure ->
                                assertThat(failure.has(SqlMessage.TERMINATED_ABNORMALLY)).isTrue());
        assertThat(backedUp()).isNotEmpty();
    }
}
