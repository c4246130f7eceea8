package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Job;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.RunRecord;
import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetVerifier;
import dev.sluice.media.VerifyListener;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.SqlMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Backups of SQL Server, through everything there is. */
@Timeout(120)
class BackupEndToEndTest {

    private SqlServerBench bench;
    private ServerDatabase sales;

    @BeforeEach
    void begin(@TempDir Path home) throws Exception {
        bench = new SqlServerBench(home);
        sales = bench.server.create(Recording.chain());
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private Path back(String database, BackupType type, int devices) {
        return bench.complete(bench.backup(database, type, devices));
    }

    private static BackupSet assertSetIs(Path folder, ServerBackup recording) throws Exception {
        BackupSet set = BackupSet.open(folder);
        assertThat(BackupSetVerifier.verify(set, VerifyListener.NONE).problems()).isEmpty();
        assertThat(set.manifest().stripes()).hasSize(recording.stripes().size());
        for (int i = 0; i < recording.stripes().size(); i++) {
            assertThat(Files.readAllBytes(set.stripePath(i))).isEqualTo(recording.stripes().get(i));
        }
        return set;
    }

    @Test
    void aFullBackupBringsEveryByteThatTheServerSent() throws Exception {
        Path set = back(Recording.CHAIN, BackupType.FULL, 1);
        assertSetIs(set, Recording.chain().get(0));
        assertThat(bench.server.statements()).hasSize(1);
        assertThat(sales.differentialBase).isTrue();
    }

    @Test
    void aChainOfBackupsBringsEveryByteThatTheServerSent() throws Exception {
        List<ServerBackup> chain = Recording.chain();
        assertSetIs(back(Recording.CHAIN, BackupType.FULL, 1), chain.get(0));
        assertSetIs(back(Recording.CHAIN, BackupType.DIFFERENTIAL, 1), chain.get(1));
        assertSetIs(back(Recording.CHAIN, BackupType.LOG, 1), chain.get(2));
        assertSetIs(back(Recording.CHAIN, BackupType.LOG, 1), chain.get(3));
    }

    @Test
    void twoDevicesCarryAStripeEach() throws Exception {
        bench.server.create(Recording.stripedChain());
        assertSetIs(back(Recording.STRIPED, BackupType.FULL, 2), Recording.stripedChain().get(0));
        assertSetIs(back(Recording.STRIPED, BackupType.LOG, 2), Recording.stripedChain().get(1));
    }

    @Test
    void whatTheServerSaidIsShownAndKept() throws Exception {
        JobSnapshot end = bench.run(bench.backup(Recording.CHAIN, BackupType.FULL, 1));

        assertThat(end.progress().serverPercent()).isEqualTo(100);
        assertThat(end.progress().bytesDone()).isEqualTo(Recording.chain().get(0).size());
        assertThat(end.drain()).isEmpty();
        assertThat(end.events())
                .extracting(JobEvent::text)
                .anyMatch(text -> text.contains("file 'DBWihtoutOwner' on file 1"))
                .anyMatch(text -> text.contains("BACKUP DATABASE successfully processed 169"));
        BackupSet set = assertSetIs(SqlServerBench.set(end), Recording.chain().get(0));
        assertThat(set.manifest().server()).isEqualTo(SqlServerDouble.NAME);
        assertThat(set.manifest().statement()).isEqualTo(bench.server.statements().getFirst());
        assertThat(set.manifest().messages())
                .extracting(SqlMessage::number)
                .endsWith(4035, 4035, SqlMessage.SUCCEEDED);
        RunRecord run = bench.engine.history().list().getFirst();
        assertThat(run.outcome()).isEqualTo(RunRecord.Outcome.COMPLETED);
        assertThat(run.bytes()).isEqualTo(Recording.chain().get(0).size());
        assertThat(run.result()).isEqualTo(end.result());
    }

    @Test
    void theFirstEstimateCountsThePagesInUse() throws Exception {
        Fault.Hold hold = new Fault.Hold(1);
        bench.server.next("BACKUP DATABASE", hold);
        Job job = bench.start(bench.backup(Recording.CHAIN, BackupType.FULL, 1));
        hold.awaitReached();

        JobSnapshot.Progress progress = job.snapshot().progress();

        hold.release();
        assertThat(progress.source()).isEqualTo(JobSnapshot.EstimateSource.ALLOCATED_PAGES);
        assertThat(progress.bytesTotal()).isEqualTo(sales.dataPages(BackupKind.DATABASE) * 8192);
        JobSnapshot end = SqlServerBench.await(job);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aSecondSessionAsksHowFarTheBackupIs() throws Exception {
        Fault.Hold hold = new Fault.Hold(Recording.chain().get(0).size() / 2);
        bench.server.next("BACKUP DATABASE", hold);
        Job job = bench.start(bench.backup(Recording.CHAIN, BackupType.FULL, 1));
        hold.awaitReached();
        SqlServerBench.until(
                job,
                () ->
                        job.snapshot().progress().source()
                                == JobSnapshot.EstimateSource.SERVER_REQUEST);

        assertThat(job.snapshot().progress().fraction()).isBetween(0.45, 0.6);
        hold.release();
        JobSnapshot end = SqlServerBench.await(job);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void severalDatabasesAreBackedUpOneAfterAnother() throws Exception {
        bench.server.create(Recording.plainChain());
        BackupRequest both =
                bench.backup(List.of(Recording.CHAIN, Recording.PLAIN), BackupType.FULL, 1, false);

        JobSnapshot end = bench.run(both);

        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        List<RunRecord> runs = bench.engine.history().list();
        assertThat(runs)
                .extracting(RunRecord::database)
                .containsExactly(Recording.PLAIN, Recording.CHAIN);
        assertSetIs(SqlServerBench.set(runs.get(1)), Recording.chain().get(0));
        assertSetIs(SqlServerBench.set(runs.get(0)), Recording.plainChain().get(0));
    }

    @Test
    void oneDatabaseThatFailsDoesNotKeepTheNextFromItsBackup() throws Exception {
        bench.server.create(Recording.plainChain());
        bench.server.next("BACKUP DATABASE", new Fault.Abort(100_000));
        BackupRequest both =
                bench.backup(List.of(Recording.CHAIN, Recording.PLAIN), BackupType.FULL, 1, false);

        JobSnapshot end = bench.run(both);

        assertThat(end.state()).isEqualTo(JobState.FAILED);
        List<RunRecord> runs = bench.engine.history().list();
        assertThat(runs)
                .extracting(RunRecord::outcome)
                .containsExactly(RunRecord.Outcome.COMPLETED, RunRecord.Outcome.FAILED);
        assertSetIs(SqlServerBench.set(runs.get(0)), Recording.plainChain().get(0));
    }

    @Test
    void twoJobsRunAtTheSameTime() throws Exception {
        bench.server.create(Recording.plainChain());
        Fault.Hold hold = new Fault.Hold(500_000);
        bench.server.next("BACKUP DATABASE", hold);
        Job first = bench.start(bench.backup(Recording.CHAIN, BackupType.FULL, 1));
        hold.awaitReached();

        Path second = back(Recording.PLAIN, BackupType.FULL, 1);

        assertThat(first.snapshot().state()).isEqualTo(JobState.STREAMING);
        hold.release();
        JobSnapshot end = SqlServerBench.await(first);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        assertSetIs(SqlServerBench.set(end), Recording.chain().get(0));
        assertSetIs(second, Recording.plainChain().get(0));
    }

    @Test
    void aDatabaseWithoutALogChainIsRefusedBeforeAnythingIsSent() throws Exception {
        JobSnapshot end = bench.run(bench.backup(Recording.CHAIN, BackupType.LOG, 1));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("was not started", "take a full backup first");
        assertThat(bench.server.statements()).isEmpty();
        assertThat(bench.files()).isEmpty();
    }
}
