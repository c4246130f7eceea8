package dev.sluice.sql.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.TSql;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a session tells besides the answers to statements. */
class EmbeddedSessionTest {

    @TempDir Path folder;
    private TestServer test;
    private SqlSession session;

    @BeforeEach
    void open() throws Exception {
        test = new TestServer(folder.resolve("data"), 7);
        session = test.server.connect();
    }

    @AfterEach
    void close() {
        session.close();
        test.close();
    }

    private DatabaseInfo only() throws Exception {
        assertThat(session.databases()).hasSize(1);
        return session.databases().getFirst();
    }

    @Test
    void itsServerIsHereAndAdmitsEveryone() throws Exception {
        ServerFacts facts = session.facts();
        assertThat(facts.sysadmin()).isTrue();
        assertThat(facts.instance()).isNull();
        assertThat(facts.serverAddress()).isNull();
        assertThat(facts.clientAddress()).isNull();
        assertThat(facts.majorVersion()).isPositive();
        assertThat(facts.login()).isEqualTo(System.getProperty("user.name"));
    }

    @Test
    void aDatabaseHasABaseFromItsFirstFullBackupThatIsNoCopy() throws Exception {
        test.createFilled("a ]", 100);
        assertThat(only().hasDifferentialBase()).isFalse();
        test.client().backup(TestServer.backup("a ]", 1, BackupType.FULL, true));
        assertThat(only().hasDifferentialBase()).isFalse();
        test.client().backup(TestServer.backup("a ]", 1, BackupType.FULL, false));
        assertThat(only())
                .isEqualTo(
                        new DatabaseInfo(
                                "a ]",
                                DatabaseInfo.State.ONLINE,
                                "SIMPLE",
                                Files.size(Path.of(session.files().getFirst().path())),
                                false,
                                true,
                                false));
    }

    @Test
    void itNamesTheFilesOfAllDatabases() throws Exception {
        assertThat(session.files()).isEmpty();
        test.createFilled("a", 10);
        test.createFilled("b", 10);
        assertThat(session.files())
                .extracting(DatabaseFile::database)
                .containsExactlyInAnyOrder("a", "b");
        assertThat(session.files()).extracting(DatabaseFile::path).doesNotHaveDuplicates();
        assertThat(session.files()).allMatch(file -> Files.isRegularFile(Path.of(file.path())));
        test.execute("DROP DATABASE " + TSql.quoteName("a"));
        assertThat(session.files()).hasSize(1);
    }

    @Test
    void aDatabaseWithoutItsFileIsSuspect() throws Exception {
        test.createFilled("a", 10);
        Files.delete(Path.of(session.files().getFirst().path()));
        assertThat(only().state()).isEqualTo(DatabaseInfo.State.SUSPECT);
    }

    @Test
    void aDatabaseThatWaitsForARestoreSaysSo() throws Exception {
        test.createFilled("a", 10);
        List<byte[]> stripes =
                test.client().backup(TestServer.backup("a", 1, BackupType.FULL, false));
        test.client().restore(TestServer.restore("b", 1, false, true), stripes);
        DatabaseInfo restored = session.databases().getLast();
        assertThat(restored.name()).isEqualTo("b");
        assertThat(restored.state()).isEqualTo(DatabaseInfo.State.RESTORING);
        assertThat(restored.state().awaitsRestore()).isTrue();
        assertThat(restored.hasDifferentialBase()).isFalse();
    }
}
