package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.job.FaultyFileSystem.Act;
import dev.sluice.job.RunRecord.Finding;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.media.BackupSet;
import dev.sluice.media.NotABackupSetException;
import dev.sluice.media.TestSets;
import dev.sluice.media.VerifyListener;
import dev.sluice.sql.DatabaseInfo;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

@SuppressWarnings("NullAway.Init") // made before each test
class SetVerificationTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir private Path home;
    private SluiceEngine engine;
    private BackupSet set;
    private Path folder;

    @BeforeEach
    void backUp() throws IOException {
        home = home.toRealPath();
        engine = new SluiceEngine(Folders.under(home), List.of());
        set = TestSets.write(home.resolve("backups"), new byte[3_000_000], new byte[9]);
        folder = set.directory();
    }

    /** The history knows the set as a backup, and as one that passed its last verification. */
    private void keepBackupAndVerdict() {
        keep(JobKind.BACKUP, HOUR.multipliedBy(3));
        keep(JobKind.VERIFICATION, HOUR);
    }

    private void keep(JobKind kind, Duration ago) {
        HistoryRows.keep(
                Folders.under(home),
                HistoryRows.ofSet(
                        kind, Outcome.COMPLETED, folder, Instant.now().minus(ago), "test", null));
    }

    private SetCheck check(Path of) throws Exception {
        return engine.check(of, "a test", VerifyListener.NONE);
    }

    private Verdicts verdicts() throws IOException {
        return Verdicts.of(engine.history().list());
    }

    private String idOfVerdict() throws IOException {
        return Objects.requireNonNull(verdicts().on(folder)).id();
    }

    private void harm(String harm) throws IOException {
        Path manifest = folder.resolve("manifest.json");
        switch (harm) {
            case "stripe missing" -> Files.delete(set.stripePath(1));
            case "stripe cut" -> Files.write(set.stripePath(1), new byte[8]);
            case "stripe changed" ->
                    Files.write(set.stripePath(1), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
            case "seal broken" ->
                    Files.writeString(
                            manifest, Files.readString(manifest).replace("Sales", "Soles"));
            case "manifest unreadable" -> Files.writeString(manifest, "{");
            case "manifest missing" -> Files.delete(manifest);
            default -> throw new IllegalArgumentException(harm);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stripe missing, stripe-02.bak is missing",
        "stripe cut, stripe-02.bak is truncated",
        "stripe changed, stripe-02.bak is damaged",
        "seal broken, does not match the seal",
        "manifest unreadable, manifest.json is damaged",
        "manifest missing, manifest.json of"
    })
    void aSetThatIsNotWhatWasWrittenIsDamagedWhetherItCanBeOpenedOrNot(String harm, String told)
            throws Exception {
        keepBackupAndVerdict();
        harm(harm);

        SetCheck check = check(folder);

        assertThat(check.report().isDamaged()).isTrue();
        assertThat(check.notKept()).isNull();
        assertThat(idOfVerdict()).isEqualTo(check.run().id());
        assertThat(verdicts().isDamaged(folder)).isTrue();
        assertThat(check.run().kind()).isEqualTo(JobKind.CHECK);
        assertThat(check.run().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(check.run().database()).isEqualTo("Sales");
        assertThat(check.run().type()).isEqualTo("full");
        assertThat(check.run().result()).contains(told);
    }

    @Test
    void ofASetThatNobodyKnowsItsFoldersTellWhoseItIs() throws Exception {
        harm("manifest unreadable");
        RunRecord run = check(folder).run();
        assertThat(run.finding()).isEqualTo(Finding.DAMAGED);
        assertThat(run.server()).isEqualTo("embedded");
        assertThat(run.database()).isEqualTo("Sales");
        assertThat(run.type()).isNull();
    }

    @Test
    void whatNeverWasABackupLeavesNoRow() throws Exception {
        harm("manifest missing");
        for (Path none : List.of(folder, home, home.resolve("none"))) {
            assertThatExceptionOfType(NotABackupSetException.class).isThrownBy(() -> check(none));
        }
        assertThat(engine.history().list()).isEmpty();
    }

    @Test
    void aShareThatIsGoneTookNothingFromTheSet() throws Exception {
        keepBackupAndVerdict();
        RunRecord before = Objects.requireNonNull(verdicts().on(folder));
        Files.move(home.resolve("backups"), home.resolve("elsewhere"));

        assertUnread(check(folder), before);
    }

    @ParameterizedTest
    @EnumSource(Act.class)
    void whatCannotBeReadNowIsNotDamaged(Act denied) throws Exception {
        keepBackupAndVerdict();
        RunRecord before = Objects.requireNonNull(verdicts().on(folder));
        FaultyFileSystem files = new FaultyFileSystem(FileSystems.getDefault());
        files.onRead(
                (act, path) -> {
                    if (act == denied && path.endsWith("stripe-01.bak")) {
                        throw act == Act.READ
                                ? new IOException("Input/output error")
                                : new AccessDeniedException(path.toString());
                    }
                });

        assertUnread(check(files.wrap(folder)), before);
    }

    @Test
    void aManifestThatCannotBeReadNowIsNotDamaged() throws Exception {
        keepBackupAndVerdict();
        RunRecord before = Objects.requireNonNull(verdicts().on(folder));
        FaultyFileSystem files = new FaultyFileSystem(FileSystems.getDefault());
        files.onRead(
                (act, path) -> {
                    if (act == Act.LOOK && path.endsWith("manifest.json")) {
                        throw new AccessDeniedException(path.toString());
                    }
                });

        assertUnread(check(files.wrap(folder)), before);
    }

    private void assertUnread(SetCheck check, RunRecord before) throws IOException {
        assertThat(check.report().isGood()).isFalse();
        assertThat(check.report().isDamaged()).isFalse();
        assertThat(check.run().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(check.run().finding()).isEqualTo(Finding.NONE);
        assertThat(check.run().result()).startsWith("The set could not be verified.");
        assertThat(check.run().database()).isEqualTo("Sales");
        assertThat(engine.history().list().getFirst().id()).isEqualTo(check.run().id());
        assertThat(verdicts().on(folder)).as("the last real verdict stays").isEqualTo(before);
    }

    @Test
    void damageInOneStripeCountsThoughAnotherCannotBeRead() throws Exception {
        harm("stripe changed");
        FaultyFileSystem files = new FaultyFileSystem(FileSystems.getDefault());
        files.onRead(
                (act, path) -> {
                    if (act == Act.READ && path.endsWith("stripe-01.bak")) {
                        throw new IOException("Input/output error");
                    }
                });
        SetCheck check = check(files.wrap(folder));
        assertThat(check.run().finding()).isEqualTo(Finding.DAMAGED);
        assertThat(check.run().result()).contains("stripe-01.bak", "stripe-02.bak is damaged");
    }

    @Test
    void oneThatIsStoppedIsNoVerdict() throws Exception {
        keepBackupAndVerdict();
        RunRecord before = Objects.requireNonNull(verdicts().on(folder));
        RunRecord run = engine.check(folder, "a test", (done, total) -> false).run();
        assertThat(run.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(run.finding()).isEqualTo(Finding.NONE);
        assertThat(verdicts().on(folder)).isEqualTo(before);
    }

    @Test
    void oneThatFindsNothingWrongIsAGoodVerdict() throws Exception {
        RunRecord run = check(folder).run();
        assertThat(run.finding()).isEqualTo(Finding.GOOD);
        assertThat(idOfVerdict()).isEqualTo(run.id());
        assertThat(verdicts().isDamaged(folder)).isFalse();
    }

    @Test
    void aSetBehindALinkHasItsVerdictHoweverItIsWritten() throws Exception {
        Path linked = throughALink();
        harm("stripe changed");
        RunRecord run = check(linked).run();
        assertThat(run.set()).isEqualTo(folder);
        assertThat(verdicts().isDamaged(folder)).isTrue();
    }

    /** As rows of earlier versions have it. */
    private Path throughALink() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("link"), home.resolve("backups"));
        return link.resolve(home.resolve("backups").relativize(folder));
    }

    private RunRecord keepBackupThroughALink() throws IOException {
        RunRecord backup =
                HistoryRows.ofSet(
                        JobKind.BACKUP,
                        Outcome.COMPLETED,
                        throughALink(),
                        Instant.now().minus(HOUR),
                        "test",
                        null);
        HistoryRows.keep(Folders.under(home), backup);
        return backup;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOlderBackupThroughALinkHasTheVerdictHoweverItsSetIsWritten(boolean throughLink)
            throws Exception {
        RunRecord backup = keepBackupThroughALink();
        Path linked = Objects.requireNonNull(backup.set());
        harm("stripe changed");
        check(throughLink ? linked : folder);

        RunRecord verdict = engine.history().list().getFirst();
        assertThat(verdict.kind()).isEqualTo(JobKind.CHECK);
        assertThat(verdicts().on(linked)).as("of the row").isEqualTo(verdict);
        assertThat(home().failure()).as("on Home").isEqualTo(verdict);
        assertThat(Verdicts.onFound(engine.history().list(), List.of(folder)).on(folder))
                .as("of the set on the disk")
                .isEqualTo(verdict);
    }

    private BackupHealth home() throws IOException {
        DatabaseInfo sales =
                new DatabaseInfo(
                        "Sales", DatabaseInfo.State.ONLINE, "SIMPLE", 1, false, true, false);
        return Objects.requireNonNull(
                BackupRule.DAILY
                        .judge(
                                "prod",
                                List.of(sales),
                                engine.history().list(),
                                BackupRecord.EMPTY,
                                Instant.now())
                        .get("Sales"));
    }

    @Test
    void anOlderBackupThroughALinkTellsWhoseItsSetIs() throws Exception {
        keepBackupThroughALink();
        harm("manifest missing");
        RunRecord run = check(folder).run();
        assertThat(run.finding()).isEqualTo(Finding.DAMAGED);
        assertThat(run.server()).isEqualTo("prod");
    }

    @Test
    void aHistoryThatCannotBeReadHidesNoDamage() throws Exception {
        harm("manifest unreadable");
        Folders folders = Folders.under(home);
        Files.createDirectories(folders.history());
        FaultyFileSystem files = new FaultyFileSystem(FileSystems.getDefault());
        AtomicInteger looks = new AtomicInteger();
        files.onRead(
                (act, path) -> {
                    // it is seen to be there, and then not listed
                    if (path.equals(folders.history()) && looks.incrementAndGet() % 2 == 0) {
                        throw new IOException("Input/output error");
                    }
                });
        RunHistory history = new RunHistory(files.wrap(folders.history()), folders.log());
        assertThatIOException().isThrownBy(history::list);

        RunRecord run =
                new SetVerification(history, JobClock.system(), "check", folder, "a test")
                        .run(VerifyListener.NONE)
                        .run();
        assertThat(run.finding()).isEqualTo(Finding.DAMAGED);
        assertThat(run.database()).isEqualTo("Sales");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "manifest.json"})
    void aShareThatComesBackInBetweenTookNothingFromTheSet(String goneAt) throws Exception {
        keepBackupAndVerdict();
        RunRecord before = Objects.requireNonNull(verdicts().on(folder));
        FaultyFileSystem files = new FaultyFileSystem(FileSystems.getDefault());
        AtomicBoolean gone = new AtomicBoolean(true);
        files.onRead(
                (act, path) -> {
                    if (path.equals(folder.resolve(goneAt)) && gone.getAndSet(false)) {
                        throw new NoSuchFileException(path.toString());
                    }
                });

        assertUnread(check(files.wrap(folder)), before);
    }
}
