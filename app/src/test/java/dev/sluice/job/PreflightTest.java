package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.TransferOptions;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;

@Timeout(120)
class PreflightTest {

    private static final long GIB = 1L << 30;

    private final ScriptedServer server = new ScriptedServer();
    private final Bench bench;

    PreflightTest(@TempDir Path home) {
        bench = new Bench(home, server);
    }

    @AfterEach
    void end() {
        bench.close();
        assertThat(server.vdi.violations).isEmpty();
    }

    private static DatabaseInfo database(
            State state, String recoveryModel, boolean base, boolean chain) {
        return new DatabaseInfo("Sales", state, recoveryModel, 1 << 20, false, base, chain);
    }

    private static void assertRefused(BackupType type, DatabaseInfo database, String reason) {
        assertThatThrownBy(() -> Preflight.backup(type, database))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("\"Sales\"")
                .hasMessageContaining(reason);
    }

    private void assertRefusedUntouched(String reason) throws Exception {
        JobSnapshot end = bench.run(bench.backup(1));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains(reason);
        assertThat(server.statements).hasValue(0);
        assertThat(bench.files()).isEmpty();
    }

    @Test
    void aLoginThatIsNoSysadminIsToldBeforeTheServerIsAsked() throws Exception {
        server.facts = facts(false, null);
        assertRefusedUntouched("the login tester on scripted is no member of sysadmin");
    }

    @Test
    void aServerElsewhereIsToldBeforeTheServerIsAsked() throws Exception {
        server.facts = facts(true, "203.0.113.77");
        assertRefusedUntouched("Run Sluice there");
    }

    private static ServerFacts facts(boolean sysadmin, @Nullable String address) {
        return new ServerFacts(
                "SQL7", null, "16.0", "", "tester", sysadmin, null, null, address, "10.9.8.7");
    }

    @ParameterizedTest
    @EnumSource(value = State.class, mode = EnumSource.Mode.EXCLUDE, names = "ONLINE")
    void onlyADatabaseThatIsOnlineCanBeBackedUp(State state) {
        assertRefused(BackupType.FULL, database(state, "FULL", true, true), state.name());
    }

    @Test
    void aLogBackupNeedsALogThatIsKeptSinceAFullBackup() {
        assertRefused(
                BackupType.LOG, database(State.ONLINE, "SIMPLE", true, false), "recovery model");
        assertRefused(
                BackupType.LOG,
                database(State.ONLINE, "FULL", true, false),
                "no full backup since");
        assertThatCode(
                        () ->
                                Preflight.backup(
                                        BackupType.LOG,
                                        database(State.ONLINE, "BULK_LOGGED", true, true)))
                .doesNotThrowAnyException();
    }

    @Test
    void aDifferentialNeedsItsBase() {
        assertRefused(
                BackupType.DIFFERENTIAL,
                database(State.ONLINE, "FULL", false, false),
                "take one first");
    }

    @Test
    void buffersMustFitIntoTheMachine() {
        assertThatThrownBy(() -> Preflight.memory(new TransferOptions(0, 1024, 4 << 20), 6 * GIB))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("BUFFERCOUNT 1024 of MAXTRANSFERSIZE 4194304");
        assertThatCode(() -> Preflight.memory(new TransferOptions(0, 1024, 4 << 20), 9 * GIB))
                .doesNotThrowAnyException();
        assertThatCode(() -> Preflight.memory(new TransferOptions(0, 16, 4 << 20)))
                .doesNotThrowAnyException();
    }
}
