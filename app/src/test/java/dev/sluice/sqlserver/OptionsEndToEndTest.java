package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupAsk;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.RunRecord;
import dev.sluice.media.BackupSet;
import dev.sluice.media.Manifest;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Compression.Algorithm;
import dev.sluice.sql.Compression.Level;
import dev.sluice.sql.TransferOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Options of backups, through everything there is: what the server makes of them. */
@Timeout(120)
class OptionsEndToEndTest {

    private static final String LEDGER = "Ledger";
    private static final Compression ZSTD = new Compression.With(Algorithm.ZSTD, Level.HIGH);

    private SqlServerBench bench;
    private ServerDatabase ledger;

    @BeforeEach
    void begin(@TempDir Path home) throws Exception {
        bench = new SqlServerBench(home);
        ledger = bench.server.createLive(LEDGER);
        ledger.fill(LEDGER, 40);
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private static BackupAsk full() {
        return SqlServerBench.ask(LEDGER, BackupType.FULL);
    }

    private static BackupAsk differential() {
        return SqlServerBench.ask(LEDGER, BackupType.DIFFERENTIAL);
    }

    private static BackupAsk log() {
        return SqlServerBench.ask(LEDGER, BackupType.LOG);
    }

    private void assertRestores(Path... sets) {
        bench.restore("Copy", Options.PLAIN, sets);
        assertThat(bench.database("Copy").content()).isEqualTo(ledger.content());
    }

    private static boolean isCompressed(Path set) throws Exception {
        byte[] stripe = Files.readAllBytes(BackupSet.open(set).stripePath(0));
        return new String(stripe, 0, 8, StandardCharsets.US_ASCII).equals("MSSQLBAK");
    }

    // ---- compression

    @Test
    void theServerCompressesByTheAlgorithmThatItsVersionHas() throws Exception {
        bench.server.setVersion(17);
        Path set = bench.complete(full().compression(ZSTD));
        assertThat(bench.server.statements().getLast())
                .contains("COMPRESSION (ALGORITHM = ZSTD, LEVEL = HIGH)");
        assertThat(isCompressed(set)).isTrue();
        assertRestores(set);
    }

    @Test
    void aChainOfCompressedBackupsIsRestored() throws Exception {
        Path full = bench.complete(full().compression(new Compression.On()).devices(2));
        ledger.write(LEDGER, 3, "in the differential");
        Path changed = bench.complete(differential().compression(new Compression.On()));
        ledger.write(LEDGER, 4, "in the log");
        Path log = bench.complete(log().compression(new Compression.None()));
        assertThat(isCompressed(full)).isTrue();
        assertThat(isCompressed(log)).isFalse();
        assertRestores(full, changed, log);
    }

    @Test
    void anAlgorithmThatTheVersionLacksIsRefusedBeforeAnythingIsSent() throws Exception {
        JobSnapshot end = SqlServerBench.await(bench.start(full().compression(ZSTD)));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("ZSTD", "16.0");
        assertThat(bench.server.statements()).isEmpty();
    }

    // ---- copies

    @Test
    void aCopyOnlyBackupIsNoBaseAndBreaksNoChain() throws Exception {
        Path base = bench.complete(full());
        ledger.write(LEDGER, 1, "one");
        Path copy = bench.complete(full().copyOnly(true));
        Path copiedLog = bench.complete(log().copyOnly(true));
        ledger.write(LEDGER, 2, "two");
        Path changed = bench.complete(differential());
        Path log = bench.complete(log());

        assertThat(BackupSet.open(copy).manifest().copyOnly()).isTrue();
        assertRestores(base, changed);
        bench.restore("Copy", Options.REPLACE, base, log);
        bench.restore("Copy", Options.REPLACE, copy, copiedLog, log);
        assertThat(bench.database("Copy").content()).isEqualTo(ledger.content());

        JobSnapshot end = bench.tryToRestore("Other", Options.PLAIN, copy, changed);
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.FAILED);
        assertThat(bench.server.find("Other")).isNull();
    }

    // ---- checksums

    @Test
    void checksumsAreTakenAndDemanded() throws Exception {
        Path with = bench.complete(full());
        Path without = bench.complete(full().checksum(false));
        RestoreRequest.Options demanding = Options.demandingChecksums();

        bench.restore("Copy", demanding, with);
        JobSnapshot end = bench.tryToRestore("Other", demanding, without);

        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("Msg 3187", "does not contain checksum information");
        assertThat(bench.server.find("Other")).isNull();
    }

    // ---- encryption

    @Test
    void anEncryptedDatabaseComesBackWhereItsCertificateIs() throws Exception {
        ledger.encryptedBy = SqlServerDouble.CERTIFICATE;
        JobSnapshot end = SqlServerBench.await(bench.start(full()));
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        assertThat(end.events())
                .extracting(JobEvent::text)
                .anyMatch(text -> text.contains("is encrypted (TDE)"));
        assertRestores(SqlServerBench.set(end));
    }

    @Test
    void anEncryptedDatabaseWithoutItsCertificateIsRefusedBeforeAnythingIsTouched()
            throws Exception {
        ledger.encryptedBy = SqlServerDouble.CERTIFICATE;
        Path set = bench.complete(full());
        bench.server.dropCertificate();

        JobSnapshot end = bench.tryToRestore(LEDGER, Options.CLOSING, set);

        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result())
                .containsIgnoringCase("0x" + SqlServerDouble.CERTIFICATE)
                .contains("CREATE CERTIFICATE");
        assertThat(bench.restores()).isEmpty();
        assertThat(bench.server.statements()).noneMatch(text -> text.startsWith("ALTER"));
    }

    // ---- sizes

    @Test
    void theSizesThatAreAskedForAreThoseOfTheDeviceSet() throws Exception {
        Path set = bench.complete(full().devices(2).sizes(new TransferOptions(65536, 12, 1 << 20)));

        assertThat(bench.server.attached()).containsExactly(new Order.Sizes(65536, 12, 1 << 20, 0));
        Manifest manifest = BackupSet.open(set).manifest();
        assertThat(manifest.blockSize()).isEqualTo(65536);
        assertThat(manifest.maxTransferSize()).isEqualTo(1 << 20);
        assertRestores(set);
        assertThat(bench.restores().getLast()).contains("BLOCKSIZE = 65536");
        assertThat(bench.server.attached().getLast().blockSize()).isEqualTo(65536);
    }

    // ---- labels, and more than one database

    @Test
    void nameAndDescriptionAreWhatTheServerTellsOfTheSet() throws Exception {
        String name = "nightly of [O'Brien] \uD83D\uDE80";
        Path set = bench.complete(full().labels(name, "it's ]here'"));
        assertThat(bench.server.statements().getLast())
                .contains("NAME = N'nightly of [O''Brien] \uD83D\uDE80'");
        assertRestores(set);
        ServerBackup restored = bench.database("Copy").restored.getFirst();
        assertThat(restored.header().set().name()).isEqualTo(name);
        assertThat(restored.header().set().description()).isEqualTo("it's ]here'");
    }

    @Test
    void twoDatabasesInOneJobAreTwoSetsThatAreRestoredByThemselves() throws Exception {
        ServerDatabase stock = bench.server.createLive("Stock");
        stock.fill("Stock", 10);
        JobSnapshot end =
                bench.run(bench.backup(List.of(LEDGER, "Stock"), BackupType.FULL, 2, true));
        assertThat(end.state()).as("%s", end).isEqualTo(JobState.COMPLETED);
        List<RunRecord> runs = bench.engine.history().list();
        assertThat(runs).extracting(RunRecord::database).containsExactly("Stock", LEDGER);

        assertRestores(SqlServerBench.set(runs.get(1)));
        bench.restore("Other", Options.PLAIN, SqlServerBench.set(runs.get(0)));
        assertThat(bench.database("Other").content()).isEqualTo(stock.content());
    }
}
