package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupAsk;
import dev.sluice.job.Job;
import dev.sluice.job.Job.CancelReply;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.RunRecord;
import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetVerifier;
import dev.sluice.media.VerifyListener;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.MtfInspector;
import dev.sluice.media.mtf.MtfReport;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.TailLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/** Parts of a database, through everything there is: files, filegroups, all that can be written. */
@Timeout(120)
class PartsEndToEndTest {

    private static final String LEDGER = "Ledger";
    private static final Recovery RECOVERY = new Recovery.Recover();

    private SqlServerBench bench;
    private ServerDatabase ledger;

    @BeforeEach
    void begin(@TempDir Path home) throws Exception {
        bench = new SqlServerBench(home);
        ledger = bench.server.createLive(LEDGER);
        ledger.addFile("current1", "current");
        ledger.addFile("current2", "current");
        ledger.addFile("archive1", "archive");
        ledger.fill(LEDGER, 20);
        ledger.fill("current1", 30);
        ledger.fill("current2", 10);
        ledger.fill("archive1", 10);
        ledger.setReadOnly("archive");
        bench.complete(ask(BackupType.FULL));
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private static BackupAsk ask(BackupType type) {
        return SqlServerBench.ask(LEDGER, type);
    }

    private static BackupKind kindOf(Path set) throws Exception {
        BackupSet opened = BackupSet.open(set);
        assertThat(BackupSetVerifier.verify(opened, VerifyListener.NONE).problems()).isEmpty();
        MtfReport report = MtfInspector.inspect(opened.stripePath(0));
        assertThat(report.problems()).isEmpty();
        assertThat(report.counts().logBytes()).isPositive();
        return Objects.requireNonNull(report.header()).kind();
    }

    private static List<String> told(JobSnapshot end) {
        return end.events().stream().map(JobEvent::text).toList();
    }

    // ---- backups

    @Test
    void aBackupOfAFileHoldsThatFileOnlyAndIsNotTakenForOneOfTheWhole() throws Exception {
        JobSnapshot end = SqlServerBench.await(bench.start(ask(BackupType.FULL).files("current1")));

        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        Path set = SqlServerBench.set(end);
        assertThat(kindOf(set)).isEqualTo(BackupKind.FILES);
        BackupSet opened = BackupSet.open(set);
        assertThat(opened.manifest().ofWholeDatabase()).isFalse();
        assertThat(opened.manifest().statement()).contains("[Ledger] FILE = N'current1' TO");
        assertThat(opened.manifest().messages())
                .extracting(SqlMessage::text)
                .filteredOn(text -> text.startsWith("Processed"))
                .satisfiesExactly(
                        data -> assertThat(data).contains("30 pages", "'current1'"),
                        log -> assertThat(log).contains("'Ledger_log'"));
        assertThat(told(end)).anyMatch(text -> text.contains("BACKUP DATABASE...FILE=<name>"));
        RunRecord run = bench.engine.history().list().getFirst();
        assertThat(run.type()).isEqualTo(BackupType.FULL.word("files"));
        assertThat(run.outcome()).isEqualTo(RunRecord.Outcome.COMPLETED);
    }

    @Test
    void aFilegroupAndAllThatCanBeWrittenAreBackedUpAsTheServerKnowsThem() throws Exception {
        assertThat(kindOf(bench.complete(ask(BackupType.FULL).filegroups("current"))))
                .isEqualTo(BackupKind.FILES);
        assertThat(kindOf(bench.complete(ask(BackupType.FULL).partial().devices(2))))
                .isEqualTo(BackupKind.PARTIAL);
        assertThat(kindOf(bench.complete(ask(BackupType.DIFFERENTIAL).partial())))
                .isEqualTo(BackupKind.PARTIAL_DIFFERENTIAL);
        assertThat(bench.server.statements())
                .anyMatch(text -> text.contains("FILEGROUP = N'current' TO"))
                .anyMatch(text -> text.contains("READ_WRITE_FILEGROUPS TO"));
    }

    @Test
    void aFileThatTheDatabaseLacksIsToldInTheServersWords() throws Exception {
        JobSnapshot end = SqlServerBench.await(bench.start(ask(BackupType.FULL).files("nothing")));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result())
                .contains("Msg 3235", "The file \"nothing\" is not part of database", "Msg 3013");
    }

    // ---- files of a database in use

    @Test
    void aDamagedFileComesBackWithAllOfTheLogWhileTheDatabaseIsInUse() throws Exception {
        Path file = bench.complete(ask(BackupType.FULL).files("current1"));
        ledger.write("current1", 3, "after the backup");
        ledger.write("current2", 3, "of another file");
        Path log = bench.complete(ask(BackupType.LOG));
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();
        ledger.file("current1").pages.clear();

        bench.restore(LEDGER, Options.files(RECOVERY, "current1"), file, log);

        assertThat(ledger.state).isEqualTo(State.ONLINE);
        assertThat(ledger.content()).isEqualTo(before);
        assertThat(bench.restores())
                .satisfiesExactly(
                        data -> assertThat(data).contains("FILE = N'current1' FROM", "NORECOVERY"),
                        last ->
                                assertThat(last)
                                        .startsWith("RESTORE LOG [Ledger] FROM")
                                        .doesNotContain("NORECOVERY"));
    }

    @Test
    void aFileIsTakenFromABackupOfTheWholeAsWell() throws Exception {
        Path full = bench.complete(ask(BackupType.FULL));
        ledger.write("current1", 4, "after the backup");
        Path log = bench.complete(ask(BackupType.LOG));
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();
        ledger.file("current1").pages.clear();

        bench.restore(LEDGER, Options.files(RECOVERY, "current1"), full, log);

        assertThat(ledger.content()).isEqualTo(before);
    }

    @Test
    void aFileComesBackFromItsDifferentialBackup() throws Exception {
        Path file = bench.complete(ask(BackupType.FULL).files("current1"));
        ledger.write("current1", 5, "in the differential");
        Path changed = bench.complete(ask(BackupType.DIFFERENTIAL).files("current1"));
        assertThat(kindOf(changed)).isEqualTo(BackupKind.FILES_DIFFERENTIAL);
        ledger.write("current1", 6, "in the log");
        Path log = bench.complete(ask(BackupType.LOG));
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();
        ledger.file("current1").pages.clear();

        bench.restore(LEDGER, Options.files(RECOVERY, "current1"), file, changed, log);

        assertThat(ledger.content()).isEqualTo(before);
    }

    @Test
    void aReadOnlyFilegroupComesBackWithoutAnyLog() throws Exception {
        Path archive = bench.complete(ask(BackupType.FULL).filegroups("archive"));
        ledger.write("current1", 3, "after the backup");
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();
        ledger.file("archive1").pages.clear();

        bench.restore(LEDGER, Options.filegroups(RECOVERY, "archive"), archive);

        assertThat(ledger.content()).isEqualTo(before);
    }

    @Test
    void aFileThatLacksLogStaysClosedAndTheServersReasonIsShown() throws Exception {
        Path file = bench.complete(ask(BackupType.FULL).files("current1"));
        ledger.write("current1", 3, "after the backup");

        JobSnapshot end = bench.tryToRestore(LEDGER, Options.files(RECOVERY, "current1"), file);

        assertThat(ledger.state).isEqualTo(State.ONLINE);
        assertThat(ledger.file("current1").state).isEqualTo(ServerFile.State.RESTORING);
        assertThat(told(end)).anyMatch(text -> text.contains("Additional roll forward past LSN"));
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("of the restored files \"current1\" is RESTORING");
    }

    @Test
    void aFileIsRestoredWithTheTailOfADatabaseThatIsNotInUse() throws Exception {
        Path file = bench.complete(ask(BackupType.FULL).files(LEDGER));
        ledger.write(LEDGER, 7, "in the tail");
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();
        ledger.file(LEDGER).pages.clear();
        Path tail = bench.complete(ask(BackupType.LOG).tail(TailLog.NORECOVERY));

        bench.restore(LEDGER, Options.files(RECOVERY, LEDGER), file, tail);

        assertThat(ledger.state).isEqualTo(State.ONLINE);
        assertThat(ledger.content()).isEqualTo(before);
    }

    @Test
    void aFileThatIsNotInTheSetIsRefusedByTheServer() throws Exception {
        Path file = bench.complete(ask(BackupType.FULL).files("current1"));
        JobSnapshot end = bench.tryToRestore(LEDGER, Options.files(RECOVERY, "current2"), file);
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("Msg 3144", "'current2' was not backed up");
        assertThat(ledger.file("current2").state).isEqualTo(ServerFile.State.ONLINE);
    }

    // ---- piecemeal

    @Test
    void aDatabaseComesBackPieceByPiece() throws Exception {
        Path partial = bench.complete(ask(BackupType.FULL).partial());
        Path archive = bench.complete(ask(BackupType.FULL).filegroups("archive"));
        ledger.write("current2", 3, "in the differential");
        Path changed = bench.complete(ask(BackupType.DIFFERENTIAL).partial());
        ledger.write("current2", 4, "in the log");
        Path log = bench.complete(ask(BackupType.LOG));

        bench.restore("Copy", Options.partial(RECOVERY), partial, changed, log);

        ServerDatabase copy = bench.database("Copy");
        assertThat(copy.state).isEqualTo(State.ONLINE);
        assertThat(copy.content()).containsOnlyKeys(LEDGER, "current1", "current2");
        assertThat(copy.file("archive1").state).isEqualTo(ServerFile.State.RECOVERY_PENDING);
        assertThat(bench.restores())
                .satisfiesExactly(
                        first ->
                                assertThat(first).contains("READ_WRITE_FILEGROUPS FROM", "PARTIAL"),
                        second ->
                                assertThat(second)
                                        .startsWith("RESTORE DATABASE [Copy] FROM")
                                        .doesNotContain("PARTIAL"),
                        last -> assertThat(last).startsWith("RESTORE LOG [Copy] FROM"));

        bench.restore("Copy", Options.filegroups(RECOVERY, "archive"), archive);

        assertThat(copy.content()).isEqualTo(ledger.content());
    }

    @Test
    void aDatabaseComesBackByNamedFilegroups() throws Exception {
        Path full = bench.complete(ask(BackupType.FULL));
        ledger.write("current1", 3, "in the log");
        Path log = bench.complete(ask(BackupType.LOG));

        bench.restore("Copy", Options.partial(RECOVERY, ServerDatabase.PRIMARY), full, log);

        ServerDatabase copy = bench.database("Copy");
        assertThat(copy.state).isEqualTo(State.ONLINE);
        assertThat(copy.content()).containsOnlyKeys(LEDGER);
        assertThat(copy.file("current1").state).isEqualTo(ServerFile.State.RECOVERY_PENDING);
        assertThat(bench.restores().getFirst())
                .contains("FILEGROUP = N'PRIMARY' FROM", "PARTIAL", "NORECOVERY");
    }

    @Test
    void theWholeIsNotRestoredFromAPart() throws Exception {
        Path partial = bench.complete(ask(BackupType.FULL).partial());
        JobSnapshot end = bench.tryToRestore("Copy", Options.PLAIN, partial);
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("partial");
        assertThat(bench.server.find("Copy")).isNull();
        assertThat(bench.restores()).isEmpty();
    }

    // ---- stopped

    @Test
    void aStopInTheBackupOfAFileLeavesNothingAndChangesNoBase() throws Exception {
        ServerBackup.Base base = ledger.file("current1").base;
        Fault.Hold hold = new Fault.Hold(100_000);
        bench.server.next("BACKUP DATABASE", hold);
        List<Path> before = bench.files();
        Job job = bench.start(ask(BackupType.FULL).files("current1"));
        hold.awaitReached();

        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        SqlServerBench.untilAborted(job);
        hold.release();

        JobSnapshot end = SqlServerBench.await(job);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.CANCELLED);
        assertThat(bench.files()).isEqualTo(before);
        assertThat(ledger.file("current1").base).isEqualTo(base);
    }

    @Test
    void aStopInTheRestoreOfAFileIsMendedByTheSameRestore() throws Exception {
        Path file = bench.complete(ask(BackupType.FULL).files("current1"));
        Path log = bench.complete(ask(BackupType.LOG));
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();
        Fault.Hold hold = new Fault.Hold(100_000);
        bench.server.next("RESTORE DATABASE", hold);
        Job job =
                bench.start(
                        SqlServerBench.restore(
                                List.of(file, log), LEDGER, Options.files(RECOVERY, "current1")));
        hold.awaitReached();

        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        SqlServerBench.untilAborted(job);
        hold.release();

        JobSnapshot end = SqlServerBench.await(job);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.CANCELLED);
        assertThat(ledger.file("current1").state).isEqualTo(ServerFile.State.RESTORING);
        assertThat(end.result())
                .contains("\"Ledger\" itself is ONLINE", "\"current1\" is RESTORING")
                .doesNotContain("as it was before");

        bench.restore(LEDGER, Options.files(RECOVERY, "current1"), file, log);
        assertThat(ledger.content()).isEqualTo(before);
    }

    @Test
    void aFileThatWasLeftRestoringIsContinuedByAnotherJobWhileTheDatabaseIsInUse()
            throws Exception {
        Path file = bench.complete(ask(BackupType.FULL).files("current1"));
        ledger.write("current1", 8, "after the backup");
        Path log = bench.complete(ask(BackupType.LOG));
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();

        bench.restore(LEDGER, Options.files(new Recovery.NoRecovery(), "current1"), file);
        assertThat(ledger.file("current1").state).isEqualTo(ServerFile.State.RESTORING);
        bench.restore(LEDGER, Options.PLAIN, log);

        assertThat(ledger.content()).isEqualTo(before);
    }

    @Test
    void aFileThatWasLeftRestoringIsNotDoneWithALogThatEndsTooEarly() throws Exception {
        Path file = bench.complete(ask(BackupType.FULL).files("current1"));
        Path early = bench.complete(ask(BackupType.LOG));
        ledger.write("current1", 8, "after the first log");
        Path late = bench.complete(ask(BackupType.LOG));
        SortedMap<String, SortedMap<Integer, String>> before = ledger.content();
        bench.restore(LEDGER, Options.files(new Recovery.NoRecovery(), "current1"), file);

        JobSnapshot end = bench.tryToRestore(LEDGER, Options.PLAIN, early);

        assertThat(ledger.state).isEqualTo(State.ONLINE);
        assertThat(ledger.file("current1").state).isEqualTo(ServerFile.State.RESTORING);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("of the restored files \"current1\" is RESTORING");

        bench.restore(LEDGER, Options.PLAIN, late);
        assertThat(ledger.content()).isEqualTo(before);
    }

    @Test
    void aLogIsNotRestoredToADatabaseThatWaitsForNone() throws Exception {
        Path log = bench.complete(ask(BackupType.LOG));
        JobSnapshot end = bench.tryToRestore(LEDGER, Options.PLAIN, log);
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("\"Ledger\" is ONLINE");
        assertThat(bench.restores()).isEmpty();
    }
}
