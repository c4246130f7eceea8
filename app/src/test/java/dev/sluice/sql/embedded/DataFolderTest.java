package dev.sluice.sql.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.Scope;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.StopAt;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class DataFolderTest {

    @TempDir Path folder;
    @TempDir Path elsewhere;

    private TestServer test;

    @BeforeEach
    void open() throws Exception {
        test = new TestServer(folder.resolve("data"), 11);
        test.createFilled("a", 100);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private Path databaseFolder() throws Exception {
        try (Stream<Path> entries = Files.list(folder.resolve("data"))) {
            return entries.filter(path -> !path.endsWith(".locks")).findFirst().orElseThrow();
        }
    }

    private void restore(String name, List<byte[]> stripes, Path to) throws Exception {
        RestoreStatement statement =
                new RestoreStatement(
                        RestoreStatement.Kind.DATABASE,
                        name,
                        new Scope.WholeDatabase(),
                        TestClient.names(stripes.size()),
                        new RestoreStatement.Options(
                                0,
                                false,
                                true,
                                false,
                                new Recovery.Recover(),
                                new StopAt.End(),
                                List.of(new RestoreStatement.Move("a", to.toString())),
                                TestServer.SMALL,
                                0));
        test.client().restore(statement, stripes);
    }

    @Test
    void leftoversOfADeadProcessAreRemovedAtTheNextStart() throws Exception {
        List<String> before = test.files();
        Path noted = elsewhere.resolve("x.data-" + UUID.randomUUID() + ".mv.db");
        Files.createFile(noted);
        Files.createFile(databaseFolder().resolve("data-" + UUID.randomUUID() + ".mv.db"));
        Files.createFile(databaseFolder().resolve("digests-" + UUID.randomUUID() + ".bin"));
        Files.writeString(
                databaseFolder().resolve("data-" + UUID.randomUUID() + ".moved"), noted.toString());
        new EmbeddedServer(folder.resolve("data"), new EmbeddedVdi()).close();
        assertThat(test.files()).isEqualTo(before);
        assertThat(noted).doesNotExist();
    }

    @Test
    void aNewStartLeavesARunningRestoreAlone() throws Exception {
        List<byte[]> stripes = test.client().backup("a", 1);
        List<Integer> files = new ArrayList<>();
        test.client()
                .answering(
                        (set, device, number, command) -> {
                            if (number == 2) {
                                openAnotherServer();
                                files.add(number);
                            }
                            return 0;
                        })
                .restore(TestServer.restore("b", 1, false, false), stripes);
        assertThat(files).isNotEmpty();
        assertThat(test.areEqual("a", "b")).isTrue();
    }

    private void openAnotherServer() {
        try {
            new EmbeddedServer(folder.resolve("data"), new EmbeddedVdi()).close();
        } catch (SqlServerException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsNotOursStays() throws Exception {
        Path other = Files.createDirectories(folder.resolve("data").resolve("photos"));
        Files.createFile(other.resolve("data-" + UUID.randomUUID() + ".mv.db"));
        Files.createFile(databaseFolder().resolve("notes.txt"));
        new EmbeddedServer(folder.resolve("data"), new EmbeddedVdi()).close();
        assertThat(other).isNotEmptyDirectory();
        assertThat(databaseFolder().resolve("notes.txt")).exists();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
    void onlyTheOwnerCanReadADatabase() throws Exception {
        try (Stream<Path> paths = Files.walk(folder.resolve("data"))) {
            for (Path path : paths.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .endsWith("------");
            }
        }
    }

    /** Something of ours by its name that cannot be removed. */
    private void leaveSomethingThatStays() throws Exception {
        Path stays = databaseFolder().resolve("digests-" + UUID.randomUUID() + ".bin");
        Files.createFile(Files.createDirectory(stays).resolve("x"));
    }

    @Test
    void whatCannotBeRemovedDoesNotUndoARestore() throws Exception {
        List<byte[]> stripes = test.client().backup("a", 1);
        test.run("a", "DELETE FROM t");
        leaveSomethingThatStays();
        test.client().restore(TestServer.restore("a", 1, true, false), stripes);
        assertThat(test.number("a", "SELECT COUNT(*) FROM t")).isEqualTo(100);
    }

    @Test
    void whatCannotBeRemovedDoesNotFailABackupThatBecameTheBase() throws Exception {
        leaveSomethingThatStays();
        List<byte[]> base = test.client().backup("a", 1);
        test.run("a", "DELETE FROM t WHERE id < 50");
        List<byte[]> changes = test.client().backup("a", 1, BackupType.DIFFERENTIAL);
        test.client().restore(TestServer.restore("b", 1, false, true), base);
        test.client().restore(TestServer.restore("b", 1, false, false), changes);
        assertThat(test.areEqual("a", "b")).isTrue();
    }

    @Test
    void aDamagedDatabaseDoesNotKeepTheOthersFromBeingUsed() throws Exception {
        Path damaged = databaseFolder().resolve("database.json");
        test.createFilled("b", 10);
        Files.writeString(damaged, "{");
        List<String> before = test.files();
        try (TestServer again = new TestServer(folder.resolve("data"), 12)) {
            assertThat(again.server.databases()).hasSize(1);
            assertThat(again.number("b", "SELECT COUNT(*) FROM t")).isEqualTo(10);
            assertThatThrownBy(() -> again.client().backup("a", 1)).hasMessageContaining("5120");
        }
        assertThat(test.files()).isEqualTo(before);
    }

    @Test
    void aDataFileThatVanishesIsNotMadeAnew() throws Exception {
        Path gone = databaseFolder().resolve("data-" + UUID.randomUUID() + ".mv.db");
        DataFiles.create(gone);
        Files.delete(gone);
        FilePath path = FilePath.get("sluice:" + gone);
        assertThatThrownBy(() -> path.open("rw")).isInstanceOf(NoSuchFileException.class);
        assertThat(gone).doesNotExist();
    }

    @Test
    void movePutsTheDataFileElsewhereAndDropRemovesIt() throws Exception {
        List<byte[]> stripes = test.client().backup("a", 2);
        Path file = elsewhere.resolve("moved.mv.db");
        restore("b", stripes, file);
        assertThat(elsewhere).isDirectoryContaining(path -> path.endsWith("moved.mv.db"));
        assertThat(test.areEqual("a", "b")).isTrue();
        assertThatThrownBy(() -> restore("c", stripes, file)).hasMessageContaining("1834");
        restore("b", stripes, elsewhere.resolve("again.mv.db"));
        assertThat(file).doesNotExist();
        test.execute("DROP DATABASE b");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void moveRefusesPlacesThatCannotBe() throws Exception {
        List<byte[]> stripes = test.client().backup("a", 1);
        List<String> before = test.files();
        assertThatThrownBy(() -> restore("b", stripes, Path.of("relative.mv.db")))
                .hasMessageContaining("5133");
        assertThatThrownBy(() -> restore("b", stripes, elsewhere.resolve("x.mdf")))
                .hasMessageContaining("5133");
        assertThatThrownBy(() -> restore("b", stripes, elsewhere.resolve("no/where.mv.db")))
                .hasMessageContaining("5133");
        assumeTrue(File.separatorChar == '/');
        assertThatThrownBy(() -> restore("b", stripes, elsewhere.resolve("x\\y.mv.db")))
                .hasMessageContaining("5133");
        assertThat(test.files()).isEqualTo(before);
        assertThat(elsewhere).isEmptyDirectory();
    }
}
