package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.media.mtf.BackupKind;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;

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
        assertThat(database(Recording.CHAIN).singleUser).isTrue();
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
