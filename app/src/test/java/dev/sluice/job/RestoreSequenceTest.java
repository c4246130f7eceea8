package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Job.CancelReply;
import dev.sluice.job.JobSnapshot.EndedLeg;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.sql.ResultTable;
import dev.sluice.sql.Scope;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;
import dev.sluice.sql.UserAccess;
import dev.sluice.sql.VolumeSpace;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A chain of sets restored as one job: looks, decisions, statements, stops. */
@Timeout(120)
class RestoreSequenceTest {

    private static final String CLOSE =
            "ALTER DATABASE [Sales] SET SINGLE_USER WITH ROLLBACK IMMEDIATE";
    private static final String RESTRICT =
            "ALTER DATABASE [Sales] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE";
    private static final String REOPEN = "ALTER DATABASE [Sales] SET MULTI_USER";

    private final ScriptedServer server = new ScriptedServer();
    private final Bench bench;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Path full = Path.of("none");
    private Path differential = full;
    private Path log = full;
    private Path secondLog = full;

    RestoreSequenceTest(@TempDir Path home) {
        bench = new Bench(home, server);
    }

    @BeforeEach
    void backUp() throws Exception {
        full = backUp(BackupType.FULL);
        differential = backUp(BackupType.DIFFERENTIAL);
        log = backUp(BackupType.LOG);
        secondLog = backUp(BackupType.LOG);
        server.sent.clear();
        server.bytes.set(0);
    }

    @AfterEach
    void end() {
        bench.close();
        assertThat(server.vdi.violations).isEmpty();
        assertThat(server.open).hasValue(0);
    }

    private Path backUp(BackupType type) throws InterruptedException {
        JobSnapshot end =
                bench.run(
                        new BackupRequest(
                                "scripted",
                                "Sales",
                                type,
                                false,
                                false,
                                bench.destination,
                                2,
                                TransferOptions.DEFAULT,
                                0));
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        return Objects.requireNonNull(end.set());
    }

    /** The options of a request, each changed where a test needs it. */
    private static final class Asked {
        private boolean replace;
        private Recovery recovery = new Recovery.Recover();
        private StopAt stopAt = new StopAt.End();
        private Scope scope = new Scope.WholeDatabase();
        private boolean partial;
        private List<Move> moves = List.of();
        private boolean closes;

        RestoreRequest.Options options() {
            return new RestoreRequest.Options(
                    replace, false, recovery, stopAt, scope, partial, moves, null, null, closes);
        }
    }

    private final Asked asked = new Asked();

    private RestoreRequest as(@Nullable String database, Path... sets) {
        return new RestoreRequest(
                "scripted",
                Arrays.asList(sets),
                database,
                asked.options(),
                TransferOptions.DEFAULT,
                0);
    }

    private List<String> restores() {
        return server.sent.stream()
                .filter(text -> text.matches("RESTORE (DATABASE|LOG).*"))
                .toList();
    }

    private long restoreRows() throws Exception {
        return bench.engine.history().list().stream()
                .filter(run -> run.kind() == JobKind.RESTORE)
                .count();
    }

    private JobSnapshot assertFailed(RestoreRequest request, String... words)
            throws InterruptedException {
        JobSnapshot end = bench.run(request);
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains(words);
        return end;
    }

    private void assertRefused(RestoreRequest request, String... words) throws Exception {
        assertFailed(request, words);
        assertThat(bench.engine.jobs().getFirst().snapshot().result())
                .contains("Nothing was touched.", "they build on what failed");
        assertThat(restores()).isEmpty();
        assertOneRow(RunRecord.Outcome.FAILED);
    }

    /** Whoever looks for the restore that was asked for finds what became of it. */
    private void assertOneRow(RunRecord.Outcome outcome) throws Exception {
        List<RunRecord> rows =
                bench.engine.history().list().stream()
                        .filter(run -> run.kind() != JobKind.BACKUP)
                        .toList();
        assertThat(rows).extracting(RunRecord::kind).containsExactly(JobKind.RESTORE);
        assertThat(rows).extracting(RunRecord::outcome).containsExactly(outcome);
        assertThat(rows.getFirst().result()).contains("Nothing was touched.");
    }

    private void meet() {
        reached.countDown();
        Bench.await(goOn);
    }

    @Test
    void restoresEachSetByAStatementOfItsOwn() throws Exception {
        JobSnapshot end = bench.run(as("Copy", full, differential, log, secondLog));
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        assertThat(restores()).hasSize(4);
        assertThat(restores().getFirst())
                .startsWith("RESTORE DATABASE [Copy] FROM ")
                .contains("NORECOVERY")
                .contains("MOVE N'Sales' TO N'/data/Copy.mdf'")
                .contains("MOVE N'Sales_log' TO N'/log/Copy_log.ldf'");
        assertThat(restores().get(1)).startsWith("RESTORE DATABASE [Copy]").contains("NORECOVERY");
        assertThat(restores().get(2)).startsWith("RESTORE LOG [Copy]").contains("NORECOVERY");
        assertThat(restores().get(3)).startsWith("RESTORE LOG [Copy]").doesNotContain("NORECOVERY");
        assertThat(restores().subList(1, 4)).noneMatch(text -> text.contains("MOVE"));
        assertThat(restoreRows()).isEqualTo(4);
        assertThat(String.valueOf(end.result()).lines()).hasSize(4);
    }

    @Test
    void countsTheBytesOfTheRestoresAlone() throws Exception {
        JobSnapshot end = bench.run(as("Copy", full, differential));
        assertThat(end.kind()).isEqualTo(JobKind.RESTORE);
        assertThat(end.database()).isEqualTo("Copy");
        assertThat(end.progress().bytesDone()).isEqualTo(server.bytes.get());
        assertThat(end.sequence().ended())
                .extracting(EndedLeg::kind)
                .containsExactly(
                        JobKind.INSPECTION,
                        JobKind.INSPECTION,
                        JobKind.INSPECTION,
                        JobKind.INSPECTION,
                        JobKind.RESTORE,
                        JobKind.RESTORE);
    }

    @Test
    void stopsAtATimeFromTheFirstStatementOnAndAtAMarkInTheLogsOnly() throws Exception {
        asked.stopAt = new StopAt.Time(LocalDateTime.of(2026, 1, 31, 9, 30));
        bench.run(as("Copy", full, log));
        assertThat(restores()).hasSize(2).allMatch(text -> text.contains("STOPAT = N'2026-01-31T"));
        server.sent.clear();
        asked.stopAt = new StopAt.AtMark("month end", null);
        bench.run(as("Other", full, log));
        assertThat(restores().getFirst()).doesNotContain("STOPAT");
        assertThat(restores().getLast()).contains("STOPATMARK = N'month end'");
    }

    @Test
    void aStopBehindTheLastLogIsNoSuccess() throws Exception {
        server.recovered = State.RESTORING;
        asked.stopAt = new StopAt.Time(LocalDateTime.of(2040, 1, 1, 0, 0));
        JobSnapshot end =
                assertFailed(
                        as("Copy", full, log),
                        "left \"Copy\" RESTORING",
                        "lies after the end of the last log backup",
                        "RESTORE DATABASE [Copy] WITH RECOVERY");
        assertThat(end.result()).doesNotContain("drop it");
        assertThat(bench.lastRun().outcome()).isEqualTo(RunRecord.Outcome.FAILED);
    }

    @Test
    void aStopBehindTheLastLogIsNoStandbyEither() throws Exception {
        server.recovered = State.RESTORING;
        asked.recovery = new Recovery.Standby("/undo.bak");
        asked.stopAt = new StopAt.Time(LocalDateTime.of(2040, 1, 1, 0, 0));
        assertFailed(as("Copy", full, log), "left \"Copy\" RESTORING");
    }

    @Test
    void saysReplaceOnlyOverADatabaseThatIsThere() throws Exception {
        asked.replace = true;
        bench.run(as("Copy", full));
        assertThat(restores().getLast()).doesNotContain("REPLACE");
        bench.run(as("Copy", full));
        assertThat(restores().getLast()).contains("REPLACE");
    }

    /** As the backup of its own tail leaves it: the server asks for no REPLACE. */
    @Test
    void aDatabaseThatIsRestoringBeginsAnewWithoutReplace() throws Exception {
        server.databases.set(0, ScriptedServer.database("Sales", State.RESTORING));
        JobSnapshot end = bench.run(as("Sales", full, log));
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        assertThat(restores().getFirst()).doesNotContain("REPLACE");
        assertThat(end.events())
                .extracting(JobEvent::text)
                .anyMatch(
                        text -> text.startsWith("\"Sales\" is RESTORING: its restore begins anew"));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"RESTORING"},
            mode = EnumSource.Mode.EXCLUDE)
    void aDatabaseInAnyOtherStateWantsReplace(State state) throws Exception {
        server.databases.set(0, ScriptedServer.database("Sales", state));
        assertFailed(as("Sales", full), "\"Sales\" exists on scripted; allow it to be replaced");
    }

    @Test
    void anotherDatabaseThatIsRestoringWantsReplaceToo() throws Exception {
        server.databases.add(ScriptedServer.database("Copy", State.RESTORING));
        assertFailed(as("Copy", full), "\"Copy\" exists", "the set holds another one, \"Sales\"");
    }

    @Test
    void aChainWithItsLooksAndItsEndGetsByWithOneSignIn() throws Exception {
        server.signInsAllowed = server.signIns.get() + 1;
        asked.replace = true;
        asked.closes = true;
        JobSnapshot end = bench.run(as("Sales", full, differential, log, secondLog));
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        assertThat(end.result()).contains("admitted again");
        assertThat(server.sent).endsWith("USE master", REOPEN);
    }

    @Test
    void aSessionLostInAStatementEndsTheChainThere() throws Exception {
        int before = server.signIns.get();
        server.losesConnections = true;
        server.beforeVerdict =
                set -> {
                    throw new SqlServerException(
                            Told.asIs("the connection was lost"), new IOException());
                };
        assertFailed(
                as("Copy", full, log),
                "the connection was lost",
                "1 of 6 were not begun: they build on what failed");
        assertThat(restores()).hasSize(1);
        // the second asked what has become of the database
        assertThat(server.signIns).hasValue(before + 2);
    }

    @Test
    void looksAtTheEndWithoutSigningInAgain() throws Exception {
        server.beforeVerdict =
                set -> {
                    server.onConnect =
                            () -> {
                                throw new AssertionError("the token has expired");
                            };
                };
        asked.replace = true;
        asked.closes = true;
        JobSnapshot end = bench.run(as("Sales", full));
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        assertThat(end.result()).contains("admitted again");
        assertThat(server.open).hasValue(0);
    }

    @Test
    void looksByAnotherSessionWhereItsOwnWasLost() throws Exception {
        server.losesConnections = true;
        server.recovered = State.RECOVERY_PENDING;
        assertFailed(as("Copy", full), "reports success, and \"Copy\" is RECOVERY_PENDING");
        assertThat(server.open).hasValue(0);
    }

    @Nested
    class Files {

        private void has(@Nullable String state) {
            server.files =
                    List.of(
                            new DatabaseFile("Sales", "Sales", "/data/s.mdf", 8192, state),
                            new DatabaseFile("Sales", "More", "/data/m.ndf", 8192, "RESTORING"),
                            new DatabaseFile("Other", "Sales", "/data/o.mdf", 1, "SUSPECT"));
        }

        @Test
        void thatStayClosedAfterRecoveryAreNoSuccess() throws Exception {
            has("RESTORING");
            asked.scope = new Scope.Files(List.of("sales"), List.of());
            JobSnapshot end =
                    assertFailed(
                            as("Sales", full, log),
                            "of the restored files \"Sales\" is RESTORING",
                            "the tail of the log last",
                            "Of the files to restore, \"Sales\" is RESTORING.");
            assertThat(end.result()).doesNotContain("More", "SUSPECT");
            assertThat(bench.lastRun().outcome()).isEqualTo(RunRecord.Outcome.FAILED);
        }

        @Test
        void thatALogOfTheWholeDoesNotBringOnlineAreNoSuccess() throws Exception {
            has("RECOVERY_PENDING");
            JobSnapshot end =
                    assertFailed(
                            as("Sales", log),
                            "of the restored files \"More\" is RESTORING",
                            "Of the files to restore, \"More\" is RESTORING.");
            assertThat(end.result()).doesNotContain("RECOVERY_PENDING", "SUSPECT");
            assertThat(restores()).hasSize(1);
            assertThat(bench.lastRun().outcome()).isEqualTo(RunRecord.Outcome.FAILED);
        }

        @Test
        void areToldWithTheirStates() throws Exception {
            has("ONLINE");
            asked.scope = new Scope.Files(List.of(), List.of("PRIMARY"));
            JobSnapshot end = bench.run(as("Sales", full, log));
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
            assertThat(String.valueOf(end.result()))
                    .containsOnlyOnce("Of the restored files, \"Sales\" is ONLINE");
        }

        @Test
        void areToldWhereTheyWaitForLog() throws Exception {
            has("RESTORING");
            asked.scope = new Scope.Files(List.of("Sales"), List.of());
            asked.recovery = new Recovery.NoRecovery();
            JobSnapshot end = bench.run(as("Sales", full));
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
            assertThat(end.result()).contains("Of the files to restore, \"Sales\" is RESTORING.");
        }

        @Test
        void areNotGuessedAtWhereTheServerTellsNoState() throws Exception {
            has(null);
            asked.scope = new Scope.Files(List.of("Sales"), List.of());
            JobSnapshot end = bench.run(as("Sales", full));
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
            assertThat(end.result()).contains("\"Sales\" is in a state the server does not tell");
        }

        @Test
        void areToldAfterAFailureThatLeftTheDatabaseInUse() throws Exception {
            has("RESTORING");
            asked.scope = new Scope.Files(List.of("Sales"), List.of());
            server.verdict = ScriptedServer.error(3203, "Read failed.").messages();
            assertFailed(
                    as("Sales", full),
                    "\"Sales\" itself is ONLINE.",
                    "Of the files to restore, \"Sales\" is RESTORING.");
        }

        /** Two filegroups can be written, one cannot, and of one the backup only tells. */
        private ResultTable ofFilegroups(ResultTable table) {
            List<String> columns = new ArrayList<>(table.columns());
            columns.addAll(List.of("IsPresent", "IsReadOnly", "ReadOnlyLSN", "ReadWriteLSN"));
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (List<@Nullable Object> row : table.rows()) {
                rows.add(and(row, true, false, 0L, 0L));
            }
            rows.add(and(file("Again"), true, false, 100L, 200L));
            rows.add(and(file("Old"), true, false, 100L, 0L));
            rows.add(and(file("Media"), true, true, null, null));
            rows.add(and(file("Left"), false, false, 0L, 0L));
            return new ResultTable(columns, rows);
        }

        private static List<@Nullable Object> file(String name) {
            return List.of(name, "/old/" + name, "D", name, 1L);
        }

        private static List<@Nullable Object> and(
                List<@Nullable Object> row, @Nullable Object... more) {
            List<@Nullable Object> all = new ArrayList<>(row);
            all.addAll(Arrays.asList(more));
            return all;
        }

        @Test
        void ofAllFilegroupsThatCanBeWrittenAreDemanded() throws Exception {
            server.onTable =
                    (text, table) -> text.contains("FILELIST") ? ofFilegroups(table) : table;
            asked.scope = new Scope.ReadWriteFilegroups(List.of());
            asked.partial = true;
            server.files =
                    List.of(
                            new DatabaseFile("Copy", "Sales", "/data/c.mdf", 1, "ONLINE"),
                            new DatabaseFile("Copy", "Again", "/data/a.ndf", 1, "RESTORING"),
                            new DatabaseFile("Copy", "Old", "/data/o.ndf", 1, "RECOVERY_PENDING"),
                            new DatabaseFile("Copy", "Media", "/data/m.ndf", 1, "OFFLINE"),
                            new DatabaseFile("Copy", "Left", "/data/l.ndf", 1, "DEFUNCT"));
            assertFailed(
                    as("Copy", full), "of the restored files \"Again\" is RESTORING. A file can");
        }

        @Test
        void ofNamedFilegroupsBeginARestorePieceByPiece() throws Exception {
            asked.scope = new Scope.Files(List.of(), List.of("Y26"));
            asked.partial = true;
            server.files =
                    List.of(
                            new DatabaseFile(
                                    "Copy", "Sales", "/data/c.mdf", 1, "RECOVERY_PENDING"));
            assertFailed(
                    as("Copy", full, log), "of the restored files \"Sales\" is RECOVERY_PENDING");
            assertThat(restores().getFirst())
                    .contains("[Copy] FILEGROUP = N'Y26' FROM", "PARTIAL", "NORECOVERY");
            assertThat(restores().getLast()).startsWith("RESTORE LOG [Copy] FROM");
        }
    }

    @Nested
    class Planning {

        private JobSnapshot run(Plan plan) throws InterruptedException {
            plan.start();
            return plan.await();
        }

        @Test
        void tellsExactlyWhatTheRestoreWillRun() throws Exception {
            asked.replace = true;
            asked.closes = true;
            RestoreRequest request = as("Sales", full, log);
            Plan plan = bench.engine.plan(request, "a test");
            JobSnapshot end = run(plan);
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
            assertThat(end.kind()).isEqualTo(JobKind.INSPECTION);
            // this server tells of no volumes
            assertThat(plan.notes())
                    .extracting(Told::english)
                    .containsExactly(
                            "\"Sales\" is ONLINE under the FULL recovery model: what was done in it"
                                    + " since its last log backup is lost with it. To keep that,"
                                    + " back up the tail of its log first (BACKUP LOG [Sales] WITH"
                                    + " NORECOVERY), and restore that set last",
                            "How much room there is in /data, /log, the server does not tell");
            assertThat(end.events())
                    .filteredOn(event -> event.level() == JobEvent.Level.WARNING)
                    .extracting(JobEvent::text)
                    .isEqualTo(plan.notes().stream().map(Told::english).toList());
            assertThat(server.sent)
                    .allMatch(text -> text.matches("RESTORE (HEADER|FILELIST)ONLY.*"));
            assertThat(restoreRows()).isZero();
            server.sent.clear();
            assertThat(bench.run(request).state()).isEqualTo(JobState.COMPLETED);
            assertThat(named(plan.statements()))
                    .isEqualTo(
                            named(
                                    server.sent.stream()
                                            .filter(text -> !text.contains("ONLY FROM"))
                                            .toList()));
        }

        private List<String> named(List<String> statements) {
            return statements.stream()
                    .map(text -> text.replaceAll("Sluice-(example|[0-9a-f-]{36})", "set"))
                    .toList();
        }

        @Test
        void refusesWhatTheRestoreWouldRefuse() throws Exception {
            Plan plan = bench.engine.plan(as("Copy", full, secondLog), "a test");
            JobSnapshot end = run(plan);
            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.result()).contains("begins at LSN 350");
            assertThat(plan.statements()).isEmpty();
            assertThat(plan.files().places("Copy", List.of(), null, null))
                    .as("the server has told of them all the same")
                    .isNotEmpty();
            assertThat(restoreRows()).isZero();
        }

        @Test
        void hasNoStatementsAfterAStop() throws Exception {
            Plan plan = bench.engine.plan(as("Copy", full), "a test");
            assertThat(plan.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            assertThat(run(plan).state()).isEqualTo(JobState.CANCELLED);
            assertThat(plan.statements()).isEmpty();
            assertThat(plan.files().isEmpty()).isTrue();
        }
    }

    @Nested
    class Refusal {

        @Test
        void ofAStopWithoutALog() throws Exception {
            asked.stopAt = new StopAt.AtMark("m", null);
            assertRefused(as("Copy", full, differential), "only within a log backup");
            assertThat(server.sent).isEmpty();
        }

        @Test
        void ofASecondFullBackup() throws Exception {
            assertRefused(as("Copy", full, backUp(BackupType.FULL)), "begins a restore");
        }

        @Test
        void ofADifferentialAfterALog() throws Exception {
            assertRefused(as("Copy", full, log, differential), "before all log backups");
        }

        @Test
        void ofAGapBetweenTheLogs() throws Exception {
            assertRefused(
                    as("Copy", full, secondLog),
                    "begins at LSN 350",
                    "the log backup between them");
        }

        @Test
        void ofALogThatIsTooOld() throws Exception {
            assertRefused(as("Copy", backUp(BackupType.FULL), log), "ends at LSN 350", "too old");
        }

        @Test
        void ofADifferentialOnAnotherFull() throws Exception {
            Path newer = backUp(BackupType.FULL);
            assertRefused(as("Copy", newer, differential), "is based on the full backup with");
        }

        @Test
        void ofASetThatIsNotWhatItsManifestSays() throws Exception {
            answer("HEADERONLY", "BackupType", 5);
            assertRefused(as("Copy", full), "speaks of a full backup", "finds a differential one");
        }

        @Test
        void ofASetThatHoldsAnotherDatabaseThanItSays() throws Exception {
            answer("HEADERONLY", "DatabaseName", "Stock");
            assertRefused(as("Copy", full), "the database \"Sales\"", "finds \"Stock\"");
        }

        @Test
        void ofANewerServersBackup() throws Exception {
            answer("HEADERONLY", "SoftwareVersionMajor", 17);
            assertRefused(as("Copy", full), "made by version 17", "of version 16");
        }

        @Test
        void ofStandbyWhereTheDatabaseHasToBeUpgraded() throws Exception {
            answer("HEADERONLY", "SoftwareVersionMajor", 15);
            asked.recovery = new Recovery.Standby("/undo.bak");
            assertRefused(as("Copy", full), "STANDBY does not allow");
        }

        @Test
        void ofABackupThatIsNotOfTheWholeDatabase() throws Exception {
            answer("HEADERONLY", "BackupType", 4);
            assertRefused(as("Copy", full), "some files or filegroups", "PARTIAL");
        }

        @Test
        void ofAnAnswerThatLacksWhatIsNeeded() throws Exception {
            server.onTable =
                    (statement, table) -> new ResultTable(List.of("x"), List.of(List.of("y")));
            assertRefused(as("Copy", full), "answer to RESTORE HEADERONLY has no BackupType");
        }

        @Test
        void ofAnAnswerWithoutARow() throws Exception {
            server.onTable = (statement, table) -> new ResultTable(table.columns(), List.of());
            assertRefused(as("Copy", full), "answered RESTORE HEADERONLY without a row");
        }

        @Test
        void ofAFileThatAnotherDatabaseHas() throws Exception {
            server.files = List.of(new DatabaseFile("Old", "o", "/data/Copy.mdf"));
            assertRefused(
                    as("Copy", full), "would go to /data/Copy.mdf", "\"Old\" has its file \"o\"");
        }

        @Test
        void ofAMoveForNoFile() throws Exception {
            asked.moves = List.of(new Move("Sails", "/data/x.mdf"));
            assertRefused(as("Copy", full), "no file of the backup is called \"Sails\"");
        }

        @Test
        void ofAnEncryptedBackupWithoutItsKey() throws Exception {
            server.keys = Optional.of(Set.of("aa"));
            tell("HEADERONLY", "EncryptorThumbprint", "bb");
            assertRefused(as("Copy", full), "is encrypted", "the thumbprint 0xbb");
            assertThat(server.sent).noneMatch(text -> text.contains("FILELISTONLY"));
        }

        @Test
        void ofAnEncryptedDatabaseWithoutItsKey() throws Exception {
            server.keys = Optional.of(Set.of("aa"));
            tell("FILELISTONLY", "TDEThumbprint", "cc");
            assertRefused(as("Copy", full), "is encrypted (TDE)", "the thumbprint 0xcc");
        }

        @Test
        void ofFilesThatFindNoRoom() throws Exception {
            server.files = List.of(new DatabaseFile("Old", "o", "/data/Old.mdf"));
            server.volumes = List.of(new VolumeSpace("/data/Old.mdf", "/data", 8191));
            assertRefused(
                    as("Copy", full), "need 8,192 bytes on the volume /data", "8,191 bytes free");
        }

        @Test
        void ofFilesThatFindNoRoomPieceByPiece() throws Exception {
            server.files = List.of(new DatabaseFile("Old", "o", "/data/Old.mdf"));
            server.onTable =
                    (text, table) -> text.contains("FILELIST") ? withHistory(table) : table;
            server.volumes = List.of(new VolumeSpace("/data/Old.mdf", "/data", 8192));
            asked.partial = true;
            asked.scope = new Scope.Files(List.of(), List.of("PRIMARY", "Y26"));
            assertRefused(as("Copy", full), "need 1,008,192 bytes on the volume /data");

            // files of a filegroup that is left out are not made
            asked.scope = new Scope.Files(List.of(), List.of("PRIMARY"));
            JobSnapshot end = bench.run(as("Copy", full));
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        }

        /** With a data file of another filegroup. */
        private ResultTable withHistory(ResultTable table) {
            List<List<@Nullable Object>> rows = new ArrayList<>(table.rows());
            rows.add(List.of("Y26", "/old/y26.ndf", "D", "Y26", 1_000_000L));
            return new ResultTable(table.columns(), rows);
        }

        @Test
        void ofASystemDatabaseAsTheTarget() throws Exception {
            server.databases.add(ScriptedServer.database("msdb", State.ONLINE));
            asked.replace = true;
            assertRefused(as("msdb", full), "msdb is the server's own", "holds \"Sales\"");
        }

        /** Adds a column. */
        private void tell(String statement, String column, Object value) {
            server.onTable =
                    (text, table) -> {
                        List<String> columns = new ArrayList<>(table.columns());
                        columns.add(column);
                        List<List<@Nullable Object>> rows = new ArrayList<>();
                        for (List<@Nullable Object> row : table.rows()) {
                            List<@Nullable Object> more = new ArrayList<>(row);
                            more.add(value);
                            rows.add(more);
                        }
                        return text.contains(statement) ? new ResultTable(columns, rows) : table;
                    };
        }

        private void answer(String statement, String column, Object value) {
            server.onTable =
                    (text, table) -> text.contains(statement) ? with(table, column, value) : table;
        }

        private ResultTable with(ResultTable table, String column, Object value) {
            List<@Nullable Object> row = new ArrayList<>(table.rows().getFirst());
            row.set(table.columns().indexOf(column), value);
            return new ResultTable(table.columns(), List.of(row));
        }
    }

    @Nested
    class Cancel {

        @Test
        void inALookTouchesNothing() throws Exception {
            server.beforeLook = set -> meet();
            Job job = bench.start(as("Copy", full, log));
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ALREADY_CANCELLING);
            goOn.countDown();
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.CANCELLED);
            assertThat(end.result()).contains("Nothing was touched", "5 of 6 were not begun");
            assertThat(end.kind()).isEqualTo(JobKind.RESTORE);
            assertThat(restores()).isEmpty();
            assertOneRow(RunRecord.Outcome.CANCELLED);
        }

        @Test
        void thatIsTooLateForARestoreKeepsTheNextFromBeginning() throws Exception {
            server.beforeVerdict = set -> meet();
            server.onAttention = goOn::countDown;
            Job job = bench.start(as("Copy", full, log));
            Bench.await(reached);
            Bench.awaitState(job, JobState.FINALISING);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.CANCELLED);
            assertThat(end.result())
                    .contains("the database waits for a further restore", "1 of 6 were not begun");
            assertThat(restores()).hasSize(1);
        }

        @Test
        void inTheSecondRestoreSaysWhatIsLeft() throws Exception {
            AtomicInteger first = new AtomicInteger();
            server.beforeTransfer =
                    (device, number) -> {
                        if (number == 3 && first.incrementAndGet() == 3) {
                            meet();
                        }
                    };
            Job job = bench.start(as("Copy", full, log));
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            goOn.countDown();
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.CANCELLED);
            assertThat(end.result()).contains("\"Copy\" is RESTORING now", "Go on with that set");
            assertThat(end.outstanding()).isZero();
            assertThat(restores()).hasSize(2);
        }
    }

    @Nested
    class ClosingConnections {

        private JobSnapshot replace() throws InterruptedException {
            return bench.run(replacing());
        }

        private RestoreRequest replacing() {
            asked.replace = true;
            asked.closes = true;
            return as("Sales", full, log);
        }

        private List<String> onAccess() {
            return server.sent.stream()
                    .filter(text -> text.startsWith("ALTER") || text.startsWith("USE"))
                    .toList();
        }

        @Test
        void comesBeforeTheRestoreAndIsTakenBackAfterTheLast() throws Exception {
            JobSnapshot end = replace();
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
            assertThat(end.result()).contains("Connections to \"Sales\" are admitted again");
            assertThat(onAccess()).containsExactly("USE master", CLOSE, "USE master", REOPEN);
            assertThat(server.sent.indexOf(CLOSE) + 1)
                    .isEqualTo(server.sent.indexOf(restores().getFirst()));
            assertThat(server.sent.getLast()).isEqualTo(REOPEN);
        }

        @Test
        void isNotNeededWithoutATarget() throws Exception {
            asked.closes = true;
            assertThat(bench.run(as("Copy", full)).state()).isEqualTo(JobState.COMPLETED);
            assertThat(onAccess()).isEmpty();
        }

        @Test
        void putsBackTheRestrictionThatTheDatabaseHad() throws Exception {
            server.databases.replaceAll(
                    database -> ScriptedServer.admitting(database, UserAccess.RESTRICTED_USER));
            JobSnapshot end = replace();
            assertThat(end.result()).contains("admitted again, as before: RESTRICTED_USER");
            assertThat(onAccess()).containsExactly("USE master", CLOSE, "USE master", RESTRICT);
            assertThat(server.databases.getLast().access()).isEqualTo(UserAccess.RESTRICTED_USER);
        }

        @Test
        void thatFailsIsTheEndOfItAndHasNothingToPutBack() throws Exception {
            server.onPlain =
                    statement -> {
                        if (statement.equals(CLOSE)) {
                            throw new SqlServerException(
                                    List.of(new SqlMessage(5064, 16, 1, "A user is connected.")));
                        }
                    };
            JobSnapshot end = replace();
            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.result())
                    .contains("Msg 5064", "\"Sales\" is ONLINE, as it was before")
                    .doesNotContain("admitted");
            assertThat(restores()).isEmpty();
            assertThat(server.sent.getLast()).isEqualTo(CLOSE);
        }

        @Test
        void canBeCancelledByAnAttention() throws Exception {
            server.onPlain =
                    statement -> {
                        if (statement.equals(CLOSE)) {
                            meet();
                            throw new SqlServerException(
                                    List.of(new SqlMessage(3617, 16, 1, "Attention.")));
                        }
                    };
            server.onAttention = goOn::countDown;
            Job job = bench.start(replacing());
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.CANCELLED);
            assertThat(end.result()).doesNotContain("admitted");
            assertThat(restores()).isEmpty();
            assertThat(server.sent.getLast()).isEqualTo(CLOSE);
        }

        @Test
        void isTakenBackWhenAStopComesAfterItAndBeforeTheRestore() throws Exception {
            server.onPlain =
                    statement -> {
                        if (statement.equals(CLOSE)) {
                            meet();
                        }
                    };
            server.onAttention = goOn::countDown;
            Job job = bench.start(replacing());
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.CANCELLED);
            assertThat(end.result()).contains("are admitted again, as before: MULTI_USER");
            assertThat(restores()).isEmpty();
            assertThat(server.sent.getLast()).isEqualTo(REOPEN);
        }

        @Test
        void isTakenBackWhenTheRestoreFailsBeforeItTouchesTheDatabase() throws Exception {
            server.beforeAttach =
                    set -> {
                        throw ScriptedServer.error(3101, "Exclusive access.");
                    };
            JobSnapshot end = replace();
            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.result()).contains("Msg 3101", "admitted again");
        }

        @Test
        void saysSoWhenItCannotBeTakenBack() throws Exception {
            server.onPlain =
                    statement -> {
                        if (statement.equals(REOPEN)) {
                            throw new SqlServerException(
                                    List.of(new SqlMessage(5069, 16, 1, "ALTER failed.")));
                        }
                    };
            JobSnapshot end = replace();
            assertThat(end.state()).isEqualTo(JobState.COMPLETED);
            assertThat(end.result())
                    .contains("could not be admitted again", "5069", "To do: " + REOPEN);
        }

        @Test
        void tellsHowToAdmitThemWhenTheDatabaseIsLeftRestoring() throws Exception {
            asked.recovery = new Recovery.NoRecovery();
            JobSnapshot end = replace();
            assertThat(end.state()).isEqualTo(JobState.COMPLETED);
            assertThat(end.result()).contains("may admit one connection only, until: " + REOPEN);
            assertThat(onAccess()).doesNotContain(REOPEN);
        }
    }
}
