package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.Scope;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.List;

@Timeout(120)
class PreflightTest {

    private static final long GIB = 1L << 30;

    private static final ServerFacts SERVER = facts("16.0.4125.3", "Standard Edition (64-bit)");

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

    private static ServerFacts facts(String version, String edition) {
        return new ServerFacts("H", null, version, edition, "sa", true, null, null, null, null);
    }

    private static BackupRequest request(BackupType type) {
        return new BackupRequest(
                "prod", "Sales", type, false, true, Path.of(""), 1, TransferOptions.DEFAULT, 0);
    }

    private static BackupRequest compressed(String compression) {
        return with(BackupType.FULL, compression, TransferOptions.NONE, TailLog.NONE);
    }

    private static BackupRequest tail(TailLog tail) {
        return with(BackupType.LOG, "", TransferOptions.NONE, tail);
    }

    private static BackupRequest with(
            BackupType type, String compression, TransferOptions transfer, TailLog tail) {
        return new BackupRequest(
                "prod",
                List.of("Sales"),
                type,
                new Scope.WholeDatabase(),
                new BackupStatement.Options(
                        false,
                        false,
                        false,
                        Compression.of(compression),
                        transfer,
                        0,
                        "",
                        "",
                        tail),
                Path.of(""),
                1,
                0);
    }

    @ParameterizedTest
    @CsvSource({
        "on, 16.0, Express Edition (64-bit), does not compress",
        "ms_xpress, 16.0, Web Edition (64-bit), does not compress",
        "ms_xpress, 15.0, Developer Edition, needs version 16",
        "zstd, 16.0, Enterprise Edition, needs version 17",
        "ms_xpress:high, 16.0, Enterprise Edition, needs version 17"
    })
    void aCompressionTheServerLacksIsRefused(
            String compression, String version, String edition, String reason) {
        DatabaseInfo database = database(State.ONLINE, "FULL", true, true);
        assertThatThrownBy(
                        () ->
                                Preflight.backup(
                                        compressed(compression), database, facts(version, edition)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "none, 16.0, Express Edition (64-bit)",
        "on, 13.0, Standard Edition",
        "qat_deflate, 16.0, Standard Edition",
        "zstd:low, 17.0, Enterprise Developer Edition"
    })
    void aCompressionTheServerHasIsNot(String compression, String version, String edition) {
        DatabaseInfo database = database(State.ONLINE, "FULL", true, true);
        assertThatCode(
                        () ->
                                Preflight.backup(
                                        compressed(compression), database, facts(version, edition)))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(BackupType type, DatabaseInfo database, String reason) {
        assertThatThrownBy(() -> Preflight.backup(request(type), database, SERVER))
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
        String word = state == State.UNKNOWN ? "in an unknown state" : state.name();
        assertRefused(
                BackupType.FULL,
                database(state, "FULL", true, true),
                "\"Sales\" is " + word + "; only a database that is ONLINE");
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"SUSPECT", "RECOVERY_PENDING", "RECOVERING"})
    void theTailOfADamagedDatabasesLogCanBeTakenThoughNothingIsKnownOfIt(State state)
            throws Exception {
        DatabaseInfo damaged = database(state, "FULL", false, false);
        Preflight.backup(tail(TailLog.NO_TRUNCATE), damaged, SERVER);
        Preflight.backup(tail(TailLog.NORECOVERY_NO_TRUNCATE), damaged, SERVER);
        for (TailLog tail : List.of(TailLog.NONE, TailLog.NORECOVERY)) {
            assertThatThrownBy(() -> Preflight.backup(tail(tail), damaged, SERVER))
                    .hasMessageContaining("only a database that is ONLINE");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"OFFLINE", "EMERGENCY", "RESTORING", "STANDBY"})
    void inSomeStatesNotEvenTheTailCanBeTaken(State state) {
        DatabaseInfo closed = database(state, "FULL", true, true);
        assertThatThrownBy(() -> Preflight.backup(tail(TailLog.NO_TRUNCATE), closed, SERVER))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("\"Sales\" is " + state)
                .hasMessageContaining("not even the tail of its log");
    }

    @Test
    void theTailOfADatabaseWithoutALogIsRefused() {
        DatabaseInfo simple = database(State.SUSPECT, "SIMPLE", false, false);
        assertThatThrownBy(() -> Preflight.backup(tail(TailLog.NO_TRUNCATE), simple, SERVER))
                .hasMessageContaining("simple recovery model");
    }

    @Test
    void ofMasterOnlyFullBackupsAreTaken() throws Exception {
        DatabaseInfo master =
                new DatabaseInfo("master", State.ONLINE, "SIMPLE", 1, false, true, false);
        Preflight.backup(request(BackupType.FULL), master, SERVER);
        assertThatThrownBy(() -> Preflight.backup(request(BackupType.DIFFERENTIAL), master, SERVER))
                .hasMessageContaining("of master, only full backups");
    }

    @Test
    void aTailThatLeavesTheDatabaseRestoringIsNoted() {
        DatabaseInfo database = database(State.ONLINE, "FULL", true, true);
        assertThat(Preflight.notes(tail(TailLog.NORECOVERY), database, SERVER))
                .singleElement()
                .asString()
                .contains("leaves \"Sales\" RESTORING");
        assertThat(Preflight.notes(tail(TailLog.NO_TRUNCATE), database, SERVER)).isEmpty();
    }

    @Test
    void anEncryptedDatabaseIsNoted() {
        DatabaseInfo encrypted =
                new DatabaseInfo("Sales", State.ONLINE, "FULL", 1, true, true, true);
        ServerFacts old = facts("13.0.5026", "Enterprise Edition");
        BackupRequest large =
                with(BackupType.FULL, "on", new TransferOptions(0, 0, 1 << 20), TailLog.NONE);

        assertThat(Preflight.notes(compressed(""), encrypted, old))
                .singleElement()
                .asString()
                .contains("\"Sales\" is encrypted (TDE)", "certificate");
        assertThat(Preflight.notes(compressed("on"), encrypted, old))
                .hasSize(2)
                .last()
                .asString()
                .contains("MAXTRANSFERSIZE is above 65536");
        assertThat(Preflight.notes(large, encrypted, old)).hasSize(1);
        assertThat(Preflight.notes(compressed("on"), encrypted, SERVER)).hasSize(1);
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
                                        request(BackupType.LOG),
                                        database(State.ONLINE, "BULK_LOGGED", true, true),
                                        SERVER))
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

    @ParameterizedTest
    @CsvSource({
        "16.0.4125.3, Express Edition (64-bit)",
        "15.0.4000.1, Express Edition with Advanced Services (64-bit)",
        "14.0.3000.1, Standard Edition (64-bit)",
        "14.0.3000.1, Web Edition (64-bit)"
    })
    void refusesAnEncryptedDatabaseWhereTheEditionHasNoEncryption(String version, String edition) {
        ServerFacts facts = facts(version, edition);
        assertThatThrownBy(() -> Preflight.encryption(Path.of("/1"), facts))
                .isInstanceOf(JobException.class)
                .hasMessageContainingAll(
                        "the database in " + Path.of("/1") + " is encrypted", edition, version)
                .hasMessageContaining("Enterprise");
    }

    @ParameterizedTest
    @CsvSource({
        "15.0.4000.1, Standard Edition (64-bit), true",
        "15.0.4000.1, Web Edition (64-bit), true",
        "11.0.7001.0, Enterprise Edition: Core-based Licensing (64-bit), true",
        "16.0.4125.3, Developer Edition (64-bit), true",
        "12.0.6024.0, Business Intelligence Edition (64-bit), false",
        "17.0.1000.7, Express Edition (64-bit), false"
    })
    void takesAnEncryptedDatabaseAndTellsWhereTheEditionIsNotKnown(
            String version, String edition, boolean known) throws Exception {
        assertThat(Preflight.encryption(Path.of("/1"), facts(version, edition)).isEmpty())
                .isEqualTo(known);
    }
}
