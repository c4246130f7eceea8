package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupHeader.Lsns;
import dev.sluice.media.mtf.BackupHeader.Media;
import dev.sluice.media.mtf.BackupHeader.ServerVersion;
import dev.sluice.media.mtf.BackupHeader.SetLabel;
import dev.sluice.media.mtf.BackupHeader.Times;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.Lsn;
import dev.sluice.media.mtf.MtfWriter;
import dev.sluice.sql.BackupType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What the streams of a set say, in the manifest and under verification. */
final class SetContentTest {

    private static final UUID MEDIA_SET = new UUID(1, 2);
    private static final UUID OTHER_SET = new UUID(3, 4);
    private static final LocalDateTime START = LocalDateTime.of(2026, 3, 4, 5, 6, 7);
    private static final Lsn CHECKPOINT = new Lsn(20, 74, 170);

    @TempDir Path folder;

    @Test
    void theManifestTellsWhatTheStreamsHeaderSays() throws IOException {
        BackupSet set = TestSets.write(folder, full(MEDIA_SET, 1, 1));

        Manifest.Header header = Objects.requireNonNull(set.manifest().header());

        assertThat(header.mediaSet()).isEqualTo(MEDIA_SET.toString());
        assertThat(header.database()).isEqualTo("Sales");
        assertThat(header.server()).isEqualTo("SRV\\ONE");
        assertThat(header.serverVersion()).isEqualTo("16.0.1000");
        assertThat(header.checkpointLsn()).isEqualTo(CHECKPOINT.decimal().toString());
        assertThat(header.start()).isEqualTo(START);
    }

    @Test
    void aStreamThatIsNoTapeFormatHasNoHeader() throws Exception {
        BackupSet set = TestSets.write(folder, TestSets.randomBytes(100_000, 1));

        assertThat(set.manifest().header()).isNull();
        assertThat(BackupSetVerifier.verify(set, VerifyListener.NONE).isGood()).isTrue();
    }

    @Test
    void wholeStreamsInTheirOrderAreGood() throws Exception {
        BackupSet set =
                TestSets.write(
                        folder,
                        full(MEDIA_SET, 3, 1),
                        full(MEDIA_SET, 3, 2),
                        full(MEDIA_SET, 3, 3));

        VerifyReport report = BackupSetVerifier.verify(set, VerifyListener.NONE);

        assertThat(report.problems()).isEmpty();
        assertThat(report.isGood()).isTrue();
        assertThat(report.bytes()).isEqualTo(set.manifest().storedSize());
    }

    @Test
    void stripesInTheWrongOrderAreFound() throws Exception {
        BackupSet set = TestSets.write(folder, full(MEDIA_SET, 2, 2), full(MEDIA_SET, 2, 1));

        assertThat(BackupSetVerifier.verify(set, VerifyListener.NONE).problems())
                .extracting(problem -> problem.text().english())
                .containsExactly(
                        "the stream is stripe 2 of 2, and should be stripe 1 of 2",
                        "the stream is stripe 1 of 2, and should be stripe 2 of 2");
    }

    @Test
    void aStripeOfAnotherBackupIsFound() throws Exception {
        BackupSet set = TestSets.write(folder, full(MEDIA_SET, 2, 1), full(OTHER_SET, 2, 2));

        assertThat(BackupSetVerifier.verify(set, VerifyListener.NONE).problems())
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.stripe()).isEqualTo("stripe-02.bak");
                            assertThat(problem.text().english()).contains("another backup");
                        });
    }

    @Test
    void aStreamThatEndsEarlyIsFoundThoughItsDigestIsRight() throws Exception {
        byte[] whole = full(MEDIA_SET, 1, 1);
        int lastBlock = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("ESET");
        BackupSet set = TestSets.write(folder, Arrays.copyOf(whole, lastBlock));

        VerifyReport report = BackupSetVerifier.verify(set, VerifyListener.NONE);

        assertThat(report.problems()).hasSize(1);
        assertThat(report.isGood()).isFalse();
    }

    @Test
    void aDifferentialNamesItsBaseByTheLsns() throws IOException {
        write(BackupType.FULL, false, full(OTHER_SET, 1, 1, new Lsn(19, 1, 1)));
        write(BackupType.FULL, true, full(OTHER_SET, 1, 1));
        Manifest base = write(BackupType.FULL, false, full(MEDIA_SET, 1, 1));

        Manifest differential =
                write(
                        BackupType.DIFFERENTIAL,
                        false,
                        stream(
                                header(
                                        OTHER_SET,
                                        1,
                                        1,
                                        BackupKind.DIFFERENTIAL,
                                        new Lsn(30, 1, 1),
                                        CHECKPOINT)));

        assertThat(differential.base()).isEqualTo(base.id());
        assertThat(base.base()).isNull();
    }

    @Test
    void aDifferentialWhoseBaseIsNotThereHasNone() throws IOException {
        write(BackupType.FULL, false, full(MEDIA_SET, 1, 1));
        byte[] other =
                stream(
                        header(
                                OTHER_SET,
                                1,
                                1,
                                BackupKind.DIFFERENTIAL,
                                new Lsn(30, 1, 1),
                                new Lsn(7, 7, 7)));

        assertThat(write(BackupType.DIFFERENTIAL, false, other).base()).isNull();
    }

    @Test
    void backupsOfSqlServerPass() throws Exception {
        Path real = realBackups();
        assumeTrue(Files.isDirectory(real), "no backups of SQL Server in " + real);
        BackupSet striped =
                TestSets.write(
                        folder,
                        Files.readAllBytes(real.resolve("striped-1of2.bak")),
                        Files.readAllBytes(real.resolve("striped-2of2.bak")));
        assertThat(BackupSetVerifier.verify(striped, VerifyListener.NONE).problems()).isEmpty();

        Manifest full =
                write(
                        BackupType.FULL,
                        false,
                        Files.readAllBytes(real.resolve("difftest-full.bak")));
        Manifest differential =
                write(
                        BackupType.DIFFERENTIAL,
                        false,
                        Files.readAllBytes(real.resolve("difftest-diff1.bak")));
        assertThat(differential.base()).isEqualTo(full.id());

        BackupSet compressed =
                TestSets.write(
                        folder, Files.readAllBytes(real.resolve("tutorialdb-compressed-2016.bak")));
        assertThat(compressed.manifest().header()).isNull();
        assertThat(BackupSetVerifier.verify(compressed, VerifyListener.NONE).isGood()).isTrue();
    }

    private static Path realBackups() {
        String chosen = System.getProperty("sluice.bak");
        @Nullable Path parent = Path.of("").toAbsolutePath();
        while (chosen == null && parent != null) {
            Path candidate = parent.resolve("shared/data/bak");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
            parent = parent.getParent();
        }
        return Path.of(chosen == null ? "shared/data/bak" : chosen);
    }

    private Manifest write(BackupType type, boolean copyOnly, byte[] stream) throws IOException {
        BackupSetWriter writer =
                BackupSetWriter.create(folder, "embedded", "Sales", type, 1, TestSets.NOW);
        TestSets.write(writer.stripes().getFirst(), stream);
        ManifestFacts facts = TestSets.FACTS;
        return writer.commit(
                new ManifestFacts(
                        facts.toolVersion(),
                        facts.instance(),
                        facts.scope(),
                        copyOnly,
                        facts.statement(),
                        facts.blockSize(),
                        facts.maxTransferSize(),
                        facts.messages(),
                        facts.trigger(),
                        facts.started(),
                        facts.finished()));
    }

    private static byte[] full(UUID mediaSet, int families, int family) {
        return full(mediaSet, families, family, CHECKPOINT);
    }

    private static byte[] full(UUID mediaSet, int families, int family, Lsn checkpoint) {
        return stream(
                header(mediaSet, families, family, BackupKind.DATABASE, checkpoint, Lsn.ZERO));
    }

    private static BackupHeader header(
            UUID mediaSet, int families, int family, BackupKind kind, Lsn checkpoint, Lsn base) {
        return new BackupHeader(
                new Media(mediaSet, families, family, "", "", "Sluice"),
                new SetLabel(1, "", "", "", "SRV"),
                kind,
                "Sales",
                "SRV\\ONE",
                new ServerVersion(16, 0, 1000),
                160,
                957,
                0,
                false,
                new Lsns(checkpoint, checkpoint, checkpoint, base),
                new Times(START, START, null),
                List.of(),
                List.of());
    }

    /** A stream with one page. */
    private static byte[] stream(BackupHeader header) {
        MtfWriter writer = new MtfWriter(header, 65_536);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        append(out, writer.prologue());
        ByteBuffer piece = ByteBuffer.allocate(2 * MtfWriter.SLOT);
        writer.beginPiece(piece, 0, 1);
        writer.sealPage(piece, MtfWriter.SLOT);
        append(out, piece);
        append(out, writer.epilogue(header.finished(0, header.lsns(), START, List.of())));
        return out.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.writeBytes(copy);
    }
}
