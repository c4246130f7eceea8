package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Job.CancelReply;
import dev.sluice.media.BackupSet;
import dev.sluice.media.PaperSets;
import dev.sluice.media.VerifyListener;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** A server reads a set and judges it; the history knows what it found. */
@Timeout(120)
class ServerVerificationTest {

    private final ScriptedServer server = new ScriptedServer();
    private final Bench bench;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Path full = Path.of("none");

    ServerVerificationTest(@TempDir Path home) {
        bench = new Bench(home, server);
    }

    @BeforeEach
    void makeASet() throws Exception {
        full = backUp();
        server.sent.clear();
        server.bytes.set(0);
    }

    @AfterEach
    void end() {
        bench.close();
        assertThat(server.vdi.violations).isEmpty();
        assertThat(server.open).hasValue(0);
    }

    private Path backUp() throws InterruptedException {
        JobSnapshot end = bench.run(bench.backup(2));
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        return Objects.requireNonNull(end.set());
    }

    private void meet() {
        reached.countDown();
        Bench.await(goOn);
    }

    private final SqlMessage valid = new SqlMessage(3262, 0, 1, "The backup set is valid.");

    private JobSnapshot verify() throws InterruptedException {
        Job job = bench.engine.verify(new VerifyRequest("scripted", full, 0), "a test");
        job.start();
        return job.await();
    }

    @Test
    void hasTheServerReadEveryByte() throws Exception {
        server.verdict = List.of(valid);
        JobSnapshot end = verify();
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        assertThat(end.kind()).isEqualTo(JobKind.VERIFICATION);
        assertThat(end.database()).isEqualTo("Sales");
        assertThat(end.progress().bytesDone()).isEqualTo(server.bytes.get()).isPositive();
        assertThat(end.statement()).startsWith("RESTORE VERIFYONLY FROM VIRTUAL_DEVICE");
        RunRecord row = row(JobKind.VERIFICATION);
        assertThat(row.id()).isEqualTo(end.id());
        assertThat(row.outcome()).isEqualTo(RunRecord.Outcome.COMPLETED);
        assertThat(row.finding()).isEqualTo(RunRecord.Finding.GOOD);
        assertThat(row.database()).isEqualTo("Sales");
        assertThat(Verdicts.of(bench.engine.history().list()).on(full)).isEqualTo(row);
    }

    private RunRecord row(JobKind kind) throws IOException {
        return bench.engine.history().list().stream()
                .filter(run -> run.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** What the server says, and whether it says it of the set. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3189 | Damage to the backup set was detected. | DAMAGED",
                "3183 | RESTORE detected an error on page (1:5). | DAMAGED",
                "3241 | The media family is incorrectly formed. | DAMAGED",
                "3242 | The file is not a valid Microsoft Tape Format set. | DAMAGED",
                "3243 | The media family was created using MTF version 9. | DAMAGED",
                "3256 | The backup set was terminated while being created. | DAMAGED",
                "3132 | The media set has 3 media families. | DAMAGED",
                "3203 | Read failed: 23(Data error (cyclic redundancy check).) | DAMAGED",
                "3203 | Read failed: 38(Reached the end of the file.) | DAMAGED",
                "3203 | Read failed: 995(The I/O operation has been aborted.) | NONE",
                "3203 | Read failed: 1117(I/O device error.) | NONE",
                "3201 | Cannot open backup device: 2(not found). | NONE",
                "3187 | The backup set does not contain checksum information. | NONE",
                "3268 | Cannot use the backup file: sector size. | NONE",
                "33111 | Cannot find server certificate with thumbprint. | NONE",
                "3169 | The database was backed up on a newer server. | NONE",
                "262 | VERIFY DATABASE permission denied. | NONE",
                "300 | permission was denied. | NONE",
                "3110 | User does not have permission to RESTORE. | NONE",
                "701 | There is insufficient system memory. | NONE",
                "3013 | VERIFY DATABASE is terminating abnormally. | NONE",
                "4711 | Something that nobody knows. | NONE"
            })
    void onlyWhatTheServerSaysOfTheSetIsAVerdict(int number, String text, RunRecord.Finding finding)
            throws Exception {
        SqlMessage terminated =
                new SqlMessage(3013, 16, 1, "VERIFY DATABASE is terminating abnormally.");
        server.verdict = List.of(new SqlMessage(number, 16, 1, text), terminated);
        assertThat(verify().state()).isEqualTo(JobState.FAILED);
        assertThat(row(JobKind.VERIFICATION).outcome()).isEqualTo(RunRecord.Outcome.FAILED);
        assertThat(row(JobKind.VERIFICATION).finding()).isEqualTo(finding);
    }

    @Test
    void whatTheServerLacksItselfMakesItsOtherErrorsNoVerdict() throws Exception {
        server.verdict =
                List.of(
                        new SqlMessage(33111, 16, 3, "Cannot find server certificate."),
                        new SqlMessage(3241, 16, 1, "incorrectly formed"));
        assertThat(verify().state()).isEqualTo(JobState.FAILED);
        assertThat(row(JobKind.VERIFICATION).finding()).isEqualTo(RunRecord.Finding.NONE);
    }

    @Test
    void bytesThatAreNotThoseWrittenAreDamageWhateverTheServerSaysOfIt() throws Exception {
        Path stripe = BackupSet.open(full).stripePath(0);
        byte[] bytes = Files.readAllBytes(stripe);
        bytes[bytes.length / 2] ^= 1;
        Files.write(stripe, bytes);
        server.verdict =
                List.of(new SqlMessage(3203, 16, 1, "Read failed: 995(The I/O has been aborted.)"));
        assertThat(verify().state()).isEqualTo(JobState.FAILED);
        assertThat(row(JobKind.VERIFICATION).finding()).isEqualTo(RunRecord.Finding.DAMAGED);
    }

    @Test
    void aSetThatLacksAStripeIsDamagedBeforeTheServerReadsIt() throws Exception {
        Files.delete(BackupSet.open(full).stripePath(0));
        assertThat(verify().state()).isEqualTo(JobState.FAILED);
        RunRecord row = row(JobKind.VERIFICATION);
        assertThat(row.finding()).isEqualTo(RunRecord.Finding.DAMAGED);
        assertThat(row.database()).isEqualTo("Sales");
    }

    @Test
    void aSetBehindALinkIsTheSameSet() throws Exception {
        Path link = Files.createSymbolicLink(bench.home.resolve("link"), full.getParent());
        server.verdict = List.of(valid);
        Job job =
                bench.engine.verify(
                        new VerifyRequest("scripted", link.resolve(full.getFileName()), 0),
                        "a test");
        job.start();
        assertThat(job.await().state()).isEqualTo(JobState.COMPLETED);
        assertThat(row(JobKind.VERIFICATION).set()).isEqualTo(full.toRealPath());
    }

    @Test
    void anOlderBackupThroughALinkHasTheVerdictOnItsSet() throws Exception {
        Path link = Files.createSymbolicLink(bench.home.resolve("link"), full.getParent());
        RunRecord made = row(JobKind.BACKUP);
        bench.engine.history().forgetBefore(Instant.MAX);
        Path linked = link.resolve(full.getFileName());
        HistoryRows.keep(
                bench.engine.folders(),
                HistoryRows.ofSet(
                        JobKind.BACKUP,
                        RunRecord.Outcome.COMPLETED,
                        linked,
                        made.started(),
                        "a test",
                        null));
        server.verdict = List.of(valid);
        assertThat(verify().state()).isEqualTo(JobState.COMPLETED);
        assertThat(Verdicts.of(bench.engine.history().list()).on(linked))
                .isEqualTo(row(JobKind.VERIFICATION));
    }

    @Test
    void theRowTellsWhichPartOfTheDatabaseTheSetHolds() throws Exception {
        LocalDateTime at = LocalDateTime.of(2026, 3, 4, 10, 0);
        BackupSet files = PaperSets.ofScope("files", new PaperSets("prod", "Sales").full(at));
        full = PaperSets.write(files, bench.home.resolve("parts")).directory();
        server.verdict = List.of(valid);
        verify();
        assertThat(row(JobKind.VERIFICATION).type()).isEqualTo("full, files");
    }

    @Test
    void aBackupThroughALinkHasTheVerdictOnItsSet() throws Exception {
        Path real = Files.createDirectory(bench.home.resolve("real"));
        bench.destination = Files.createSymbolicLink(bench.home.resolve("link"), real);
        Path made = backUp();
        assertThat(made).startsWith(bench.destination);
        Files.delete(BackupSet.open(made).stripePath(0));
        bench.engine.check(made.toRealPath(), "a test", VerifyListener.NONE);
        List<RunRecord> runs = bench.engine.history().list();
        RunRecord backup = row(JobKind.BACKUP);
        assertThat(backup.set()).isEqualTo(made.toRealPath());
        assertThat(Verdicts.of(runs).isDamaged(backup.set())).isTrue();
    }

    @Test
    void anOlderServerIsNotAskedForItWouldCallTheSetDamaged() throws Exception {
        LocalDateTime at = LocalDateTime.of(2026, 3, 4, 10, 0);
        full =
                PaperSets.write(
                                new PaperSets("prod", "Sales").full(at),
                                bench.home.resolve("newer"))
                        .directory();
        server.facts = ofVersion("15.0.2000.5");
        JobSnapshot end = verify();
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("made by version 16", "is of version 15");
        assertThat(row(JobKind.VERIFICATION).finding()).isEqualTo(RunRecord.Finding.NONE);
        assertThat(server.sent).isEmpty();
    }

    private ServerFacts ofVersion(String version) {
        ServerFacts facts = server.facts;
        return new ServerFacts(
                facts.machine(),
                facts.instance(),
                version,
                facts.edition(),
                facts.login(),
                facts.sysadmin(),
                facts.dataFolder(),
                facts.logFolder(),
                facts.serverAddress(),
                facts.clientAddress());
    }

    @Test
    void isNoSuccessUnlessTheServerSaysSo() throws Exception {
        server.verdict = List.of();
        JobSnapshot end = verify();
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result()).contains("without message 3262", "Nothing was touched.");
        assertThat(row(JobKind.VERIFICATION).finding()).isEqualTo(RunRecord.Finding.NONE);
    }

    @Test
    void canBeStoppedInMidStream() throws Exception {
        server.beforeTransfer =
                (device, number) -> {
                    if (number == 3) {
                        meet();
                    }
                };
        Job job = bench.engine.verify(new VerifyRequest("scripted", full, 0), "a test");
        job.start();
        Bench.await(reached);
        assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
        goOn.countDown();
        JobSnapshot end = Bench.await(job);
        assertThat(end.state()).isEqualTo(JobState.CANCELLED);
        assertThat(end.outstanding()).isZero();
        assertThat(row(JobKind.VERIFICATION).outcome()).isEqualTo(RunRecord.Outcome.CANCELLED);
        assertThat(row(JobKind.VERIFICATION).finding()).isEqualTo(RunRecord.Finding.NONE);
    }
}
