package dev.sluice.sql.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.SqlServerException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;

class DifferentialTest {

    @TempDir Path folder;

    private TestServer test;

    @BeforeEach
    void open() throws Exception {
        test = new TestServer(folder, 7);
        test.createFilled("a", 3000);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private List<byte[]> full(int devices) throws Exception {
        return test.client().backup(TestServer.backup("a", devices, BackupType.FULL, false));
    }

    private List<byte[]> differential(int devices) throws Exception {
        return test.client()
                .backup(TestServer.backup("a", devices, BackupType.DIFFERENTIAL, false));
    }

    private void restore(String name, List<byte[]> stripes, boolean noRecovery) throws Exception {
        test.client().restore(TestServer.restore(name, stripes.size(), false, noRecovery), stripes);
    }

    private static void assertFails(int number, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        e -> assertThat(e.has(number)).as(e.getMessage()).isTrue());
    }

    private DatabaseInfo.State state(String name) throws Exception {
        return test.server.databases().stream()
                .filter(info -> info.name().equals(name))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "4, 1", "1, 8"})
    void restoresAFullAndADifferentialOverIt(int fullDevices, int devices) throws Exception {
        List<byte[]> base = full(fullDevices);
        test.run(
                "a",
                "UPDATE t SET v = SECURE_RAND(900) WHERE id % 100 = 0",
                "CREATE TABLE u AS SELECT * FROM t WHERE id < 500",
                "DELETE FROM t WHERE id BETWEEN 1000 AND 1500");
        List<byte[]> changes = differential(devices);
        restore("b", base, true);
        assertThat(state("b")).isEqualTo(DatabaseInfo.State.RESTORING);
        assertFails(927, () -> test.server.openConnection("b"));
        restore("b", changes, false);
        assertThat(state("b")).isEqualTo(DatabaseInfo.State.ONLINE);
        assertThat(test.areEqual("a", "b")).isTrue();
    }

    @Test
    void isSmallWhenLittleHasChanged() throws Exception {
        long full = full(1).getFirst().length;
        test.run("a", "UPDATE t SET v = X'00' WHERE id = 5");
        assertThat((long) differential(1).getFirst().length).isLessThan(full / 4);
    }

    @Test
    void needsAFullBackupFirst() {
        assertFails(3035, () -> differential(1));
    }

    @Test
    void aCopyOnlyBackupIsNoBase() throws Exception {
        test.client().backup(TestServer.backup("a", 1, BackupType.FULL, true));
        assertFails(3035, () -> differential(1));
    }

    @Test
    void aCopyOnlyBackupLeavesTheBaseAlone() throws Exception {
        List<byte[]> base = full(1);
        test.run("a", "DELETE FROM t WHERE id < 100");
        test.client().backup(TestServer.backup("a", 1, BackupType.FULL, true));
        List<byte[]> changes = differential(1);
        restore("b", base, true);
        restore("b", changes, false);
        assertThat(test.areEqual("a", "b")).isTrue();
    }

    @Test
    void aFailedFullBackupLeavesTheBaseAlone() throws Exception {
        List<byte[]> base = full(1);
        test.run("a", "DELETE FROM t WHERE id < 100");
        assertFails(
                3202,
                () ->
                        test.client()
                                .answering((set, device, number, command) -> number == 9 ? 112 : 0)
                                .backup(TestServer.backup("a", 2, BackupType.FULL, false)));
        List<byte[]> changes = differential(1);
        restore("b", base, true);
        restore("b", changes, false);
        assertThat(test.areEqual("a", "b")).isTrue();
    }

    @Test
    void doesNotFitOnAnotherFull() throws Exception {
        List<byte[]> first = full(1);
        full(1);
        List<byte[]> changes = differential(1);
        restore("b", first, true);
        assertFails(3136, () -> restore("b", changes, false));
        assertThat(state("b")).isEqualTo(DatabaseInfo.State.RESTORING);
    }

    @Test
    void needsADatabaseThatWaitsForIt() throws Exception {
        List<byte[]> base = full(1);
        List<byte[]> changes = differential(1);
        assertFails(3117, () -> restore("b", changes, false));
        restore("b", base, false);
        assertFails(3117, () -> restore("b", changes, false));
        assertThat(test.areEqual("a", "b")).isTrue();
    }

    @Test
    void leavesTheWaitingDatabaseAsItWasWhenItFails() throws Exception {
        List<byte[]> base = full(2);
        test.run("a", "UPDATE t SET v = SECURE_RAND(900)");
        List<byte[]> changes = differential(2);
        restore("b", base, true);
        List<String> before = test.files();
        assertFails(
                3203,
                () ->
                        test.client()
                                .answering((set, device, number, command) -> number == 3 ? 23 : 0)
                                .restore(TestServer.restore("b", 2, false, false), changes));
        assertThat(test.files()).isEqualTo(before);
        restore("b", changes, false);
        assertThat(test.areEqual("a", "b")).isTrue();
    }
}
