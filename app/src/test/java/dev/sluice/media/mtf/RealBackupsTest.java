package dev.sluice.media.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.mtf.BackupHeader.DatabaseFile;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.UUID;

/** Backups written by SQL Server, read. */
class RealBackupsTest {

    @BeforeEach
    void needsTheBackups() {
        RealBackups.need();
    }

    private static MtfReport inspect(String file) throws IOException {
        return MtfInspector.inspect(RealBackups.file(file));
    }

    private static BackupHeader header(String file) throws IOException {
        return Objects.requireNonNull(inspect(file).header());
    }

    @ParameterizedTest
    @CsvSource({
        "checksum-full.bak,     15, 168, 161,  65536, 2",
        "checksum-diff.bak,     15,  32,  28,  65536, 2",
        "checksum-log-1.trn,    14,   0,   0, 131072, 1",
        "checksum-log-2.trn,    14,   0,   0,      0, 0",
        "difftest-full.bak,     13, 184, 168,  65536, 0",
        "difftest-diff1.bak,    13,  48,  44,  65536, 0",
        "striped-1of2.bak,      13,  96,  75,  65536, 0",
        "striped-2of2.bak,      13,  96,  95,      0, 0",
        "striped-log-1of2.trn,  12,   0,   0,  65536, 0",
        "striped-log-2of2.trn,  12,   0,   0,      0, 0",
    })
    void everyChecksumIsRightFromTheFirstBlockToTheLast(
            String file, int blocks, long pages, long checkedPages, long log, int checkedStreams)
            throws IOException {
        MtfReport report = inspect(file);
        assertThat(report.problems()).isEmpty();
        assertThat(report.verdict()).isEqualTo(MtfReport.Verdict.SOUND);
        StreamCounts counts = report.counts();
        assertThat(counts.bytes()).isEqualTo(Files.size(RealBackups.file(file)));
        assertThat(counts.blocks()).isEqualTo(blocks);
        assertThat(counts.pages()).isEqualTo(pages);
        assertThat(counts.checkedPages()).isEqualTo(checkedPages);
        assertThat(counts.damagedPages()).isZero();
        assertThat(counts.logBytes()).isEqualTo(log);
        assertThat(counts.checkedStreams()).isEqualTo(checkedStreams);
        assertThat(counts.damagedStreams()).isZero();
    }

    @Test
    void theHeaderOfAFullBackupIsReadCompletely() throws IOException {
        BackupHeader header = header("checksum-full.bak");
        assertThat(header.kind()).isEqualTo(BackupKind.DATABASE);
        assertThat(header.database()).isEqualTo("DBWithoutOwner");
        assertThat(header.server()).isEqualTo("SQL2008");
        assertThat(header.set().machine()).isEqualTo("SQL2008");
        assertThat(header.set().user()).isEqualTo("BASE\\sqlserver");
        assertThat(header.set().position()).isEqualTo(1);
        assertThat(header.media().software()).isEqualTo("Microsoft SQL Server");
        assertThat(header.version()).hasToString("10.50.1600");
        assertThat(header.compatibilityLevel()).isEqualTo(100);
        assertThat(header.internalVersion()).isEqualTo(661);
        assertThat(header.size()).isEqualTo(1455104);
        assertThat(header.checksums()).isTrue();
        assertThat(header.times().databaseCreated())
                .isEqualTo(LocalDateTime.of(2017, 2, 6, 11, 58, 26));
        assertThat(header.times().start()).isEqualTo(LocalDateTime.of(2017, 5, 18, 4, 17, 41));
        assertThat(header.times().finish()).isEqualTo(LocalDateTime.of(2017, 5, 18, 4, 17, 42));
        assertThat(header.filegroups()).extracting("name").containsExactly("PRIMARY");
        assertThat(header.files())
                .extracting(DatabaseFile::id, DatabaseFile::type, DatabaseFile::logicalName)
                .containsExactly(
                        tuple(1, DatabaseFile.Type.DATA, "DBWihtoutOwner"),
                        tuple(2, DatabaseFile.Type.LOG, "DBWihtoutOwner_log"));
        assertThat(header.files().getFirst().pages()).isEqualTo(168);
        assertThat(header.files().getFirst().physicalPath()).endsWith("\\DBWihtoutOwner.mdf");
    }

    private static org.assertj.core.groups.Tuple tuple(@Nullable Object... values) {
        return org.assertj.core.api.Assertions.tuple(values);
    }

    @Test
    void differentialAndLogsChainToTheFullBackup() throws IOException {
        BackupHeader full = header("checksum-full.bak");
        BackupHeader diff = header("checksum-diff.bak");
        BackupHeader log1 = header("checksum-log-1.trn");
        BackupHeader log2 = header("checksum-log-2.trn");
        assertThat(diff.kind()).isEqualTo(BackupKind.DIFFERENTIAL);
        assertThat(log1.kind()).isEqualTo(BackupKind.LOG);
        assertThat(diff.lsns().databaseBackup()).isEqualTo(full.lsns().checkpoint());
        assertThat(log1.lsns().databaseBackup()).isEqualTo(full.lsns().checkpoint());
        assertThat(log1.lsns().first()).isLessThanOrEqualTo(full.lsns().last());
        assertThat(log1.lsns().last()).isGreaterThan(full.lsns().last());
        assertThat(log2.lsns().first()).isEqualTo(log1.lsns().last());
    }

    @Test
    void aDifferentialWithoutChecksumChainsToo() throws IOException {
        BackupHeader full = header("difftest-full.bak");
        BackupHeader diff = header("difftest-diff1.bak");
        assertThat(full.checksums()).isFalse();
        assertThat(full.lsns().databaseBackup()).isEqualTo(Lsn.ZERO);
        assertThat(diff.kind()).isEqualTo(BackupKind.DIFFERENTIAL);
        assertThat(diff.lsns().databaseBackup()).isEqualTo(full.lsns().checkpoint());
        assertThat(diff.set().machine()).isEqualTo("WIN-JNMR8KM0U3B");
        assertThat(diff.server()).isEqualTo("WIN-JNMR8KM0U3B\\SQL2008R2SP2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"striped-%dof2.bak", "striped-log-%dof2.trn"})
    void stripesOfOneSetShareTheMediaSetAndNumberTheirFamilies(String name) throws IOException {
        BackupHeader first = header(name.formatted(1));
        BackupHeader second = header(name.formatted(2));
        assertThat(first.media().families()).isEqualTo(2);
        assertThat(second.media().families()).isEqualTo(2);
        assertThat(first.media().family()).isEqualTo(1);
        assertThat(second.media().family()).isEqualTo(2);
        assertThat(second.media().mediaSet()).isEqualTo(first.media().mediaSet());
        assertThat(second).isEqualTo(first.withFamily(2));
    }

    @Test
    void theMediaSetGuidHasTheByteOrderOfWindows() throws IOException {
        assertThat(header("striped-1of2.bak").media().mediaSet())
                .isEqualTo(UUID.fromString("dba99816-9a6c-4ab6-b68c-76b2a726823d"));
    }

    @Test
    void aBackupCompressedByTheServerIsRecognisedAndLeftAlone() throws IOException {
        MtfReport report = inspect("tutorialdb-compressed-2016.bak");
        assertThat(report.verdict()).isEqualTo(MtfReport.Verdict.COMPRESSED);
        assertThat(report.header()).isNull();
        assertThat(report.counts().blocks()).isZero();
    }

    @Test
    void aFlippedBitInAPageIsFoundByItsOwnAndByTheStreamsChecksum() throws IOException {
        byte[] stripe = Files.readAllBytes(RealBackups.file("checksum-full.bak"));
        int firstPage = 7680;
        stripe[firstPage + 9 * PageLayout.SIZE + 5000] ^= 1;
        MtfReport report = inspect(stripe);
        assertThat(report.counts().damagedPages()).isEqualTo(1);
        assertThat(report.counts().damagedStreams()).isEqualTo(1);
        assertThat(report.problems()).hasSize(2);
        assertThat(report.problems().getFirst())
                .startsWith("page 1:9 has checksum 0x")
                .contains("at offset " + (firstPage + 9 * PageLayout.SIZE));
    }

    @Test
    void aFlippedBitInALogIsFound() throws IOException {
        byte[] stripe = Files.readAllBytes(RealBackups.file("checksum-log-1.trn"));
        stripe[100_000] ^= 16;
        MtfReport report = inspect(stripe);
        assertThat(report.counts().damagedStreams()).isEqualTo(1);
        assertThat(report.verdict()).isEqualTo(MtfReport.Verdict.DAMAGED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 8191, 8193, 65536})
    void chunksOfAnySizeGiveTheSame(int chunk) throws IOException {
        byte[] stripe = Files.readAllBytes(RealBackups.file("checksum-diff.bak"));
        RecordingHandler handler = new RecordingHandler();
        MtfReader reader = new MtfReader(handler);
        for (int at = 0; at < stripe.length; at += chunk) {
            reader.feed(ByteBuffer.wrap(stripe, at, Math.min(chunk, stripe.length - at)));
        }
        reader.finish();
        MtfReport report = inspect("checksum-diff.bak");
        assertThat(reader.counts()).isEqualTo(report.counts());
        assertThat(handler.ended).isEqualTo(report.header());
        assertThat(handler.pages).hasSize(32);
    }

    private static MtfReport inspect(byte[] stripe) throws IOException {
        return MtfInspector.inspect(new BytesChannel(stripe));
    }
}
