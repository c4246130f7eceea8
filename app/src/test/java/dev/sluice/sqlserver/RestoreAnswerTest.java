package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.media.mtf.BackupKind;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.ResultTable;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;
import dev.sluice.sql.UserAccess;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Objects;

/**
 * The double itself: it must judge restores as SQL Server does, or what it lets pass means nothing.
 */
@Timeout(120)
class RestoreAnswerTest {

    private static final int FULL = 0;
    private static final int DIFFERENTIAL = 1;
    private static final int LOG_1 = 2;
    private static final int LOG_2 = 3;

    private static final String MOVES =
            ", MOVE N'DBWihtoutOwner' TO N'/var/opt/mssql/data/c.mdf',"
                    + " MOVE N'DBWihtoutOwner_log' TO N'/var/opt/mssql/log/c.ldf'";

    private final List<ServerBackup> chain = Recording.chain();
    private SqlServerDouble server;
    private SqlServer added;
    private SqlSession session;

    @BeforeEach
    void begin() throws Exception {
        server = new SqlServerDouble();
        server.create(chain);
        added = server.asAdded();
        session = added.connect();
    }

    @AfterEach
    void end() throws Exception {
        session.close();
        server.close();
    }

    private StatementResult restore(int set, String database, String options) throws Exception {
        return restore(chain.get(set), database, options);
    }

    private StatementResult restore(ServerBackup set, String database, String options)
            throws Exception {
        StreamClient client = new StreamClient(added, session).from(set.stripes().getFirst());
        boolean log = set.header().kind() == BackupKind.LOG;
        return client.run(
                "RESTORE %s [%s] FROM VIRTUAL_DEVICE = N'%s' WITH %s"
                        .formatted(log ? "LOG" : "DATABASE", database, client.device, options));
    }

    private void assertRefused(int number, int set, String database, String options) {
        SqlServerException failure =
                catchThrowableOfType(
                        SqlServerException.class, () -> restore(set, database, options));
        assertThat(failure.messages())
                .filteredOn(SqlMessage::isError)
                .extracting(SqlMessage::number)
                .startsWith(number)
                .endsWith(SqlMessage.TERMINATED_ABNORMALLY);
    }

    private ServerDatabase database(String name) {
        return Objects.requireNonNull(server.find(name));
    }

    private void makeCopy() throws Exception {
        restore(FULL, "Copy", "NORECOVERY" + MOVES);
    }

    @Test
    void aChainEndsOnlineWithAllOfItsSets() throws Exception {
        makeCopy();
        restore(DIFFERENTIAL, "Copy", "NORECOVERY");
        restore(LOG_1, "Copy", "NORECOVERY");
        assertThat(database("Copy").state).isEqualTo(State.RESTORING);
        restore(LOG_2, "Copy", "RECOVERY");
        assertThat(database("Copy").state).isEqualTo(State.ONLINE);
        assertThat(database("Copy").restored).isEqualTo(chain);
        assertThat(database("Copy").paths().values())
                .containsExactly("/var/opt/mssql/data/c.mdf", "/var/opt/mssql/log/c.ldf");
    }

    @Test
    void logsConnectToTheFullBackupAsWellAsToTheDifferential() throws Exception {
        makeCopy();
        restore(LOG_1, "Copy", "NORECOVERY");
        restore(LOG_2, "Copy", "RECOVERY");
        assertThat(database("Copy").restored)
                .containsExactly(chain.get(FULL), chain.get(LOG_1), chain.get(LOG_2));
    }

    @Test
    void aLogThatComesTooLateIsRefused() throws Exception {
        makeCopy();
        assertRefused(4305, LOG_2, "Copy", "NORECOVERY");
        assertThat(database("Copy").state).isEqualTo(State.RESTORING);
    }

    @Test
    void aDifferentialOfAnotherBaseIsRefused() throws Exception {
        List<ServerBackup> plain = Recording.plainChain();
        server.create(plain);
        restore(plain.get(0), Recording.PLAIN, "REPLACE, NORECOVERY");
        assertRefused(3136, DIFFERENTIAL, Recording.PLAIN, "NORECOVERY");
    }

    @Test
    void whatContinuesARestoreNeedsOneToContinue() {
        assertRefused(3118, LOG_1, "Nothing", "RECOVERY");
        assertRefused(3117, LOG_1, Recording.CHAIN, "RECOVERY");
        assertRefused(3117, DIFFERENTIAL, Recording.CHAIN, "RECOVERY");
    }

    @Test
    void anExistingDatabaseIsOverwrittenOnlyWhenThatIsSaid() throws Exception {
        assertRefused(3159, FULL, Recording.CHAIN, "RECOVERY");
        server.create(Recording.plainChain());
        assertRefused(3154, FULL, Recording.PLAIN, "RECOVERY" + MOVES);
        restore(FULL, Recording.CHAIN, "REPLACE, RECOVERY");
        assertThat(database(Recording.CHAIN).restored).containsExactly(chain.get(FULL));
    }

    @Test
    void aDatabaseInUseIsNotOverwritten() throws Exception {
        database(Recording.CHAIN).users = 1;
        assertRefused(3101, FULL, Recording.CHAIN, "REPLACE, RECOVERY");
        session.execute(
                "ALTER DATABASE [DBWithoutOwner] SET SINGLE_USER WITH ROLLBACK IMMEDIATE",
                message -> {});
        assertThat(database(Recording.CHAIN).access).isEqualTo(UserAccess.SINGLE_USER);
        restore(FULL, Recording.CHAIN, "REPLACE, RECOVERY");
    }

    @Test
    void aFileOfAnotherDatabaseIsNotOverwritten() {
        assertRefused(
                1834,
                FULL,
                "Copy",
                "RECOVERY, MOVE N'DBWihtoutOwner' TO N'/var/opt/mssql/data/DBWihtoutOwner.mdf'");
        assertThat(server.find("Copy")).isNull();
    }

    @Test
    void aPathOfWindowsIsNoPlaceHere() {
        assertRefused(5133, FULL, "Copy", "RECOVERY");
        assertRefused(3234, FULL, "Copy", "RECOVERY, MOVE N'other' TO N'/var/opt/mssql/data/o'");
    }

    @Test
    void aStopInALogEndsTheRestoreThere() throws Exception {
        String stop = ", STOPAT = N'2017-05-18T04:18:25.000'";
        restore(FULL, "Copy", "NORECOVERY" + stop + MOVES);
        restore(LOG_1, "Copy", "RECOVERY" + stop);
        assertThat(database("Copy").state).isEqualTo(State.ONLINE);
        assertThat(database("Copy").reachedTime).hasToString("2017-05-18T04:18:25");
    }

    @Test
    void aStopBeyondTheLogLeavesTheDatabaseRestoring() throws Exception {
        makeCopy();
        StatementResult result =
                restore(LOG_1, "Copy", "RECOVERY, STOPAT = N'2017-05-18T05:00:00.000'");
        assertThat(result.messages()).extracting(SqlMessage::number).contains(4322, 3014);
        assertThat(database("Copy").state).isEqualTo(State.RESTORING);
    }

    @Test
    void aStopBeforeADataBackupEndsIsRefused() {
        assertRefused(
                4338, FULL, "Copy", "NORECOVERY, STOPAT = N'2017-05-18T04:00:00.000'" + MOVES);
    }

    @Test
    void standbyIsForDatabasesThatNeedNoUpgrade() throws Exception {
        makeCopy();
        assertRefused(3180, LOG_1, "Copy", "STANDBY = N'/var/opt/mssql/data/undo'");
        server.setAsOldAsTheRecordings();
        restore(LOG_1, "Copy", "STANDBY = N'/var/opt/mssql/data/undo'");
        assertThat(database("Copy").state).isEqualTo(State.STANDBY);
        restore(LOG_2, "Copy", "RECOVERY");
        assertThat(database("Copy").state).isEqualTo(State.ONLINE);
    }

    @Test
    void checksumsCannotBeAskedOfABackupWithoutAny() throws Exception {
        List<ServerBackup> plain = Recording.plainChain();
        server.create(plain);
        SqlServerException failure =
                catchThrowableOfType(
                        SqlServerException.class,
                        () ->
                                restore(
                                        plain.get(0),
                                        Recording.PLAIN,
                                        "CHECKSUM, REPLACE, RECOVERY"));
        assertThat(failure.has(3187)).isTrue();
    }

    // ---- a live database

    private ServerDatabase live() {
        ServerDatabase ledger = server.createLive("Ledger");
        ledger.addFile("second", "more");
        ledger.fill("Ledger", 4);
        ledger.fill("second", 4);
        return ledger;
    }

    private byte[] backUp(String what, String options) throws Exception {
        StreamClient client = new StreamClient(added, session);
        client.run("BACKUP %s TO VIRTUAL_DEVICE = N'%s'%s".formatted(what, client.device, options));
        return client.written();
    }

    private void assertRefusedToBackUp(int number, String what, String options) {
        assertThatThrownBy(() -> backUp(what, options))
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        failure ->
                                assertThat(failure.messages().getFirst().number())
                                        .isEqualTo(number));
    }

    private void restoreLive(byte[] stream, String what, String options) throws Exception {
        StreamClient client = new StreamClient(added, session).from(stream);
        client.run(
                "RESTORE %s FROM VIRTUAL_DEVICE = N'%s' WITH %s"
                        .formatted(what, client.device, options));
    }

    private void assertLiveRefused(int number, byte[] stream, String what, String options) {
        assertThatThrownBy(() -> restoreLive(stream, what, options))
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        failure ->
                                assertThat(failure.messages())
                                        .filteredOn(SqlMessage::isError)
                                        .extracting(SqlMessage::number)
                                        .startsWith(number));
    }

    private static final String LIVE_MOVES =
            ", MOVE N'Ledger' TO N'/var/opt/mssql/data/c.mdf', MOVE N'second' TO"
                    + " N'/var/opt/mssql/data/c.ndf', MOVE N'Ledger_log' TO"
                    + " N'/var/opt/mssql/log/c.ldf'";

    @Test
    void backupsOfPartsAreRefusedAsSqlServerDoes() throws Exception {
        ServerDatabase ledger = live();
        assertRefusedToBackUp(3235, "DATABASE [Ledger] FILE = N'third'", "");
        assertRefusedToBackUp(3027, "DATABASE [Ledger] FILEGROUP = N'third'", "");
        assertRefusedToBackUp(3039, "DATABASE [Ledger] FILE = N'second'", " WITH DIFFERENTIAL");
        assertRefusedToBackUp(3035, "DATABASE [Ledger]", " WITH DIFFERENTIAL");
        assertRefusedToBackUp(3032, "DATABASE [Ledger]", " WITH NORECOVERY");
        assertRefusedToBackUp(4214, "LOG [Ledger]", "");
        ledger.recoveryModel = "SIMPLE";
        assertRefusedToBackUp(3004, "DATABASE [Ledger] FILE = N'Ledger'", "");
        assertRefusedToBackUp(4208, "LOG [Ledger]", "");
        ledger.state = State.SUSPECT;
        assertRefusedToBackUp(926, "LOG [Ledger]", "");
        ledger.state = State.RECOVERY_PENDING;
        assertRefusedToBackUp(945, "LOG [Ledger]", "");
        ledger.state = State.RESTORING;
        assertRefusedToBackUp(927, "LOG [Ledger]", "");
    }

    @Test
    void sizesAreRefusedAsSqlServerDoes() {
        live();
        assertRefusedToBackUp(3253, "DATABASE [Ledger]", " WITH BLOCKSIZE = 1000");
        assertRefusedToBackUp(3217, "DATABASE [Ledger]", " WITH MAXTRANSFERSIZE = 70000");
    }

    @Test
    void anAlgorithmThatAVersionDoesNotKnowIsNoSyntax() {
        live();
        String zstd = " WITH COMPRESSION (ALGORITHM = ZSTD)";
        assertRefusedToBackUp(102, "DATABASE [Ledger]", zstd);
        server.setVersion(15);
        assertRefusedToBackUp(
                102, "DATABASE [Ledger]", " WITH COMPRESSION (ALGORITHM = MS_XPRESS)");
        server.setVersion(17);
        assertThatCode(() -> backUp("DATABASE [Ledger]", zstd)).doesNotThrowAnyException();
    }

    @Test
    void restoresOfPartsAreRefusedAsSqlServerDoes() throws Exception {
        ServerDatabase ledger = live();
        byte[] full = backUp("DATABASE [Ledger]", "");
        byte[] second = backUp("DATABASE [Ledger] FILE = N'second'", "");
        assertLiveRefused(3103, second, "DATABASE [Copy] FILE = N'second'", "PARTIAL, NORECOVERY");
        assertLiveRefused(3118, second, "DATABASE [Copy] FILE = N'second'", "NORECOVERY");
        assertLiveRefused(3234, second, "DATABASE [Ledger] FILE = N'third'", "NORECOVERY");
        assertLiveRefused(3144, second, "DATABASE [Ledger] FILE = N'Ledger'", "NORECOVERY");
        assertLiveRefused(3190, second, "DATABASE [Ledger] FILEGROUP = N'x'", "NORECOVERY");
        assertLiveRefused(3159, full, "DATABASE [Ledger] FILE = N'Ledger'", "NORECOVERY");
        assertLiveRefused(
                3174,
                second,
                "DATABASE [Ledger] FILE = N'second'",
                "NORECOVERY, MOVE N'Ledger' TO N'/var/opt/mssql/data/x.mdf'");
        assertLiveRefused(3031, full, "DATABASE [Ledger]", "NORECOVERY, RECOVERY");
        assertLiveRefused(4340, full, "DATABASE [Copy]", "NORECOVERY, STOPATMARK = N'mark'");
        assertLiveRefused(3284, full, "DATABASE [Copy]", "BLOCKSIZE = 4096" + LIVE_MOVES);
        assertThat(ledger.content()).containsOnlyKeys("Ledger", "second");
    }

    @Test
    void aRestoreThatBrokeOffIsNoBeginningForLogs() throws Exception {
        live();
        byte[] full = backUp("DATABASE [Ledger]", "");
        byte[] log = backUp("LOG [Ledger]", "");
        server.next("RESTORE DATABASE", new Fault.Abort(10_000));
        assertLiveRefused(3203, full, "DATABASE [Copy]", "NORECOVERY" + LIVE_MOVES);
        assertLiveRefused(4320, log, "LOG [Copy]", "RECOVERY");
        assertThatThrownBy(() -> session.execute("RESTORE DATABASE [Copy] WITH RECOVERY", m -> {}))
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        failure -> assertThat(failure.has(4333)).isTrue());
        restoreLive(full, "DATABASE [Copy]", "RECOVERY" + LIVE_MOVES);
        assertThat(database("Copy").content()).isEqualTo(database("Ledger").content());
    }

    @Test
    void aStopAmongBulkLoggedChangesFailsInTheMidst() throws Exception {
        ServerDatabase ledger = live();
        ledger.recoveryModel = "BULK_LOGGED";
        byte[] full = backUp("DATABASE [Ledger]", "");
        String stop = ", STOPAT = N'%s'".formatted(ledger.now());
        ledger.writeInBulk("second", 1, "in bulk");
        byte[] log = backUp("LOG [Ledger]", "");
        restoreLive(full, "DATABASE [Copy]", "NORECOVERY" + LIVE_MOVES);
        assertLiveRefused(4341, log, "LOG [Copy]", "RECOVERY" + stop);
        assertThat(database("Copy").state).isEqualTo(State.RESTORING);
        restoreLive(log, "LOG [Copy]", "RECOVERY");
        assertThat(database("Copy").content()).isEqualTo(ledger.content());
    }

    @Test
    void whatIsEncryptedIsNotRestoredWithoutTheCertificate() throws Exception {
        live().encryptedBy = SqlServerDouble.CERTIFICATE;
        byte[] full = backUp("DATABASE [Ledger]", "");
        server.dropCertificate();
        assertLiveRefused(33111, full, "DATABASE [Copy]", "NORECOVERY" + LIVE_MOVES);
    }

    @Test
    void logOfAnotherForkIsRefused() throws Exception {
        ServerDatabase ledger = live();
        byte[] full = backUp("DATABASE [Ledger]", "");
        restoreLive(full, "DATABASE [Ledger]", "REPLACE, RECOVERY");
        ledger.write("second", 1, "on the new fork");
        byte[] forked = backUp("LOG [Ledger]", "");
        restoreLive(full, "DATABASE [Ledger]", "REPLACE, RECOVERY");
        ledger.write("second", 1, "on a third fork");
        byte[] anew = backUp("DATABASE [Ledger]", "");
        restoreLive(anew, "DATABASE [Copy]", "NORECOVERY" + LIVE_MOVES);
        ledger.write("second", 2, "later");
        backUp("LOG [Ledger]", "");
        assertThatThrownBy(() -> restoreLive(forked, "LOG [Copy]", "RECOVERY"))
                .isInstanceOf(SqlServerException.class);
        restoreLive(full, "DATABASE [Copy]", "REPLACE, NORECOVERY" + LIVE_MOVES);
        restoreLive(forked, "LOG [Copy]", "RECOVERY");
        assertThat(database("Copy").file("second").pages.get(1))
                .extracting(ServerFile.Page::text)
                .isEqualTo("on the new fork");
    }

    @Test
    void theHeaderTellsEveryColumnOfTheDocumentation() throws Exception {
        live();
        byte[] full = backUp("DATABASE [Ledger]", " WITH CHECKSUM, NAME = N'nightly'");
        byte[] changed = backUp("DATABASE [Ledger]", " WITH DIFFERENTIAL, NAME = N'changes'");
        ResultTable base = look("HEADERONLY", full);
        ResultTable header = look("HEADERONLY", changed);
        assertThat(header.columns()).hasSize(59).doesNotHaveDuplicates();
        assertThat(header.value(0, "BackupType")).isEqualTo(5);
        assertThat(header.value(0, "BackupName")).isEqualTo("changes");
        assertThat(header.value(0, "DifferentialBaseGUID"))
                .isEqualTo(base.value(0, "BackupSetGUID"))
                .isNotNull();
        assertThat(header.value(0, "DifferentialBaseLSN")).isEqualTo(base.value(0, "FirstLSN"));
        assertThat(header.value(0, "FirstRecoveryForkID"))
                .isEqualTo(base.value(0, "RecoveryForkID"))
                .isNotNull();
        assertThat(header.value(0, "ForkPointLSN")).isNull();
        assertThat(look("FILELISTONLY", full).columns()).hasSize(22).doesNotHaveDuplicates();
        server.setVersion(15);
        assertThat(look("HEADERONLY", full).columns()).hasSize(56);
    }

    private ResultTable look(String what, byte[] stream) throws Exception {
        StreamClient client = new StreamClient(added, session).from(stream);
        return client.run("RESTORE %s FROM VIRTUAL_DEVICE = N'%s'".formatted(what, client.device))
                .tables()
                .getFirst();
    }

    // ---- whatever it does not know, or finds changed, ends the test that uses it

    @Test
    void aByteThatIsNotAsItWasBackedUpEndsTheTest() throws Exception {
        List<ServerBackup> plain = Recording.plainChain();
        SqlServerDouble other = new SqlServerDouble();
        other.create(plain);
        byte[] changed = plain.getFirst().stripes().getFirst().clone();
        // in the log, which has no checksums here
        changed[1_530_000] ^= 1;
        SqlServer there = other.asAdded();
        try (SqlSession its = there.connect()) {
            StreamClient client = new StreamClient(there, its).from(changed);
            assertThatThrownBy(
                            () ->
                                    client.run(
                                            "RESTORE DATABASE [doublediff] FROM VIRTUAL_DEVICE ="
                                                    + " N'%s' WITH REPLACE"
                                                            .formatted(client.device)))
                    .isInstanceOf(SqlServerException.class);
        }
        assertThatThrownBy(other::close)
                .hasStackTraceContaining("byte 1530000 is not as it was backed up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP DATABASE [DBWithoutOwner]",
                "BACKUP DATABASE [DBWithoutOwner] TO DISK = N'x'",
                "BACKUP DATABASE [DBWithoutOwner] TO VIRTUAL_DEVICE = N'x' WITH MIRROR",
                "SELECT name FROM sys.tables",
                "SELECT d.unheard_of FROM sys.databases AS d",
            })
    void whatItDoesNotKnowEndsTheTest(String statement) throws Exception {
        SqlServerDouble other = new SqlServerDouble();
        other.create(chain);
        try (SqlSession its = other.asAdded().connect()) {
            assertThatThrownBy(() -> its.execute(statement, message -> {}))
                    .isInstanceOf(SqlServerException.class);
        }
        assertThatThrownBy(other::close).hasStackTraceContaining("the double");
    }
}
