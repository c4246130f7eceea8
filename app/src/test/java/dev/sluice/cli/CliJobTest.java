package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.TestHome.Outcome;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.RunRecord;
import dev.sluice.job.Settings;
import dev.sluice.job.SettingsStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Backups and restores through the command line, good ones and refused ones. */
class CliJobTest {

    private static final String SAMPLE = "--database SluiceSample";

    @TempDir private Path folder;

    private Path backups = Path.of("");
    private TestHome home;

    @BeforeEach
    void open() throws Exception {
        home = new TestHome(folder.resolve("home"));
        backups = folder.resolve("backups");
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void aNewcomerFindsTheSample() {
        JsonNode databases = json(home.sluice("databases --json"));

        assertThat(databases.get(0).get("name").asString()).isEqualTo("SluiceSample");
        assertThat(databases.get(0).get("state").asString()).isEqualTo("online");
        assertThat(databases.get(0).get("lastBackup").isNull()).isTrue();
        assertThat(home.sluice("databases").out()).contains("SluiceSample", "never");
    }

    @Test
    void backsUpVerifiesListsAndRestoresWithNumbersForMachines() {
        JsonNode backup =
                json(
                        home.sluice(
                                "backup --server embedded",
                                SAMPLE,
                                "--to",
                                backups,
                                "--devices 4 --type full --json"));
        assertThat(backup.get("state").asString()).isEqualTo("completed");
        assertThat(backup.get("devices").asInt()).isEqualTo(4);
        assertThat(backup.get("bytes").asLong()).isPositive();
        Path set = Path.of(backup.get("set").asString());
        assertThat(set).startsWith(backups).isDirectory();

        JsonNode verified = json(home.sluice("verify", set, "--json"));
        assertThat(verified.get("good").asBoolean()).isTrue();
        assertThat(verified.get("bytes").asLong()).isEqualTo(backup.get("bytes").asLong());

        JsonNode listed = json(home.sluice("backups --json"));
        assertThat(listed.get("sets").get(0).get("set").asString()).isEqualTo(set.toString());
        assertThat(listed.get("remains").isEmpty()).isTrue();

        JsonNode restore = json(home.sluice("restore --from", set, "--as SampleCopy --json"));
        assertThat(restore.get("state").asString()).isEqualTo("completed");
        assertThat(restore.get("database").asString()).isEqualTo("SampleCopy");
        assertThat(home.sluice("databases").out()).contains("SampleCopy");

        JsonNode history = json(home.sluice("history --json"));
        assertThat(history.size()).isEqualTo(3);
        assertThat(history.get(0).get("kind").asString()).isEqualTo("restore");
        assertThat(history.get(1).get("kind").asString()).isEqualTo("check");
        assertThat(history.get(1).get("set").asString()).isEqualTo(set.toString());
        assertThat(history.get(2).get("outcome").asString()).isEqualTo("completed");
        assertThat(history.get(2).get("trigger").asString()).isEqualTo("command line");
        JsonNode databases = json(home.sluice("databases --json"));
        assertThat(databases.findValuesAsString("name"))
                .containsExactly("SampleCopy", "SluiceSample");
        assertThat(databases.findValuesAsString("backupState")).containsExactly("never", "good");
        assertThat(databases.get(1).get("lastBackupSource").asString()).isEqualTo("sluice");
    }

    @Test
    void saysHowManyRunsOnlyANewerVersionCanRead() throws Exception {
        assertThat(home.sluice("history").out()).contains("Nothing has run yet");
        HistoryRows.keepNewer(home.engine().folders());
        for (String command : List.of("history", "history --json", "databases")) {
            Outcome told = home.sluice(command);
            assertThat(told.code()).isZero();
            assertThat(told.err()).contains("Left out: 1 run that only a newer version");
            assertThat(told.out()).doesNotContain("Nothing has run yet");
        }
    }

    @Test
    void aBackupIsOverdueWhenTheSettingsSaySo() throws Exception {
        home.sluice("databases");
        Instant before = Instant.now().minus(Duration.ofHours(30));
        HistoryRows.keep(
                home.engine().folders(),
                HistoryRows.backup(
                        "embedded", "SluiceSample", RunRecord.Outcome.COMPLETED, before));
        assertThat(json(home.sluice("databases --json")).findValuesAsString("backupState"))
                .containsExactly("overdue");
        Settings usual = Settings.DEFAULT;
        SettingsStore.of(home.engine().folders())
                .save(new Settings(usual.theme(), "", null, 4, 31, 0, usual.textPercent(), false));
        assertThat(json(home.sluice("databases --json")).findValuesAsString("backupState"))
                .containsExactly("good");
    }

    @Test
    void savesWhatItDidAsAProfileAndRunsItAgain() {
        Outcome first = home.sluice("backup", SAMPLE, "--to", backups, "--save-as nightly");
        assertThat(first.code()).isZero();
        assertThat(first.out()).contains("Saved as profile \"nightly\"");

        assertThat(home.sluice("run nightly").code()).isZero();
        assertThat(home.sluice("history").out()).contains("profile nightly");

        Outcome refused = home.sluice("backup", SAMPLE, "--to", backups, "--save-as nightly");
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("there is a profile \"nightly\" already");
        assertThat(json(home.sluice("backups --json")).get("sets").size()).isEqualTo(2);
    }

    @Test
    void doesNotSaveAProfileThatFailed() {
        assertThat(home.sluice("backup --database Nothing --to", backups, "--save-as n").code())
                .isEqualTo(ExitCode.FAILED);
        assertThat(home.sluice("profile list").out()).contains("no profile yet");
    }

    @Test
    void tellsAPersonWhatHappened() {
        Outcome backup = home.sluice("backup", SAMPLE, "--to", backups, "--devices 2");

        assertThat(backup.code()).isZero();
        assertThat(backup.err()).isEmpty();
        assertThat(backup.out())
                .containsSubsequence(
                        "PREPARING → CONNECTING",
                        "BACKUP DATABASE [SluiceSample] TO VIRTUAL_DEVICE",
                        "CONNECTING → STREAMING",
                        "server: BACKUP DATABASE successfully processed",
                        "FINALISING → COMPLETED",
                        "Backup of SluiceSample on embedded completed.",
                        "  set   " + backups,
                        "  size  ",
                        " on 2 devices",
                        "  time  ")
                .doesNotContain("\u001b");
    }

    @Test
    void ctrlCCancelsAndLeavesNothing() throws Exception {
        Thread stopper =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (!(hasPartialStripes(backups) && home.signals.press())) {
                                        Thread.onSpinWait();
                                    }
                                });

        Outcome cancelled =
                home.sluice("backup", SAMPLE, "--to", backups, "--devices 3 --limit-rate 1M");
        stopper.join();

        assertThat(cancelled.code()).isEqualTo(ExitCode.CANCELLED);
        assertThat(cancelled.out())
                .contains(
                        "Ctrl-C: stopping; every buffer is waited for.",
                        "done: stop requested",
                        "done: SignalAbort sent",
                        "done: buffers returned",
                        "done: device set closed",
                        "done: partial files removed",
                        "cancelled after");
        assertThat(files(backups)).isEmpty();
        assertThat(json(home.sluice("history --json")).get(0).get("outcome").asString())
                .isEqualTo("cancelled");
        assertThat(home.sluice("backup", SAMPLE, "--to", backups).code()).isZero();
    }

    @Test
    void refusesAnUnknownDatabaseAndSuggestsTheOneMeant() throws Exception {
        refused(
                home.sluice("backup --database SluiceSampel --to", backups),
                "did you mean SluiceSample?");
        assertThat(files(backups)).isEmpty();
    }

    @Test
    void refusesAnUnknownServer() throws Exception {
        refused(
                home.sluice("backup --server prod", SAMPLE, "--to", backups),
                "there is no server \"prod\"");
        refused(home.sluice("databases --server prod"), "there is no server \"prod\"");
        assertThat(files(backups)).isEmpty();
    }

    @Test
    void refusesADestinationThatIsAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        refused(home.sluice("backup", SAMPLE, "--to", file), file.toString());
        refused(home.sluice("backup", SAMPLE, "--to", file.resolve("below")), file.toString());

        assertThat(file).hasContent("mine");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a folder that even root cannot write to")
    void refusesADestinationThatCannotBeWrittenTo() {
        refused(home.sluice("backup", SAMPLE, "--to /proc/sluice"), "/proc/sluice");
    }

    @Test
    void refusesToVerifyOrRestoreWhatIsNoBackup() throws Exception {
        Path foreign = Files.createDirectories(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("letter.txt"), "dear");
        Path missing = folder.resolve("missing");
        Path file = Files.writeString(folder.resolve("file"), "mine");

        for (Path none : List.of(foreign, missing, file)) {
            refused(home.sluice("verify", none), none.toString());
            refused(home.sluice("restore --from", none, "--as Copy"), none.toString());
        }
        refused(home.sluice("backups", missing), "there is no folder " + missing);
        refused(home.sluice("backups", file), file + " is a file");
        assertThat(home.sluice("databases").out()).doesNotContain("Copy");
    }

    @Test
    void findsADamagedStripeBeforeTheDatabaseIsTouched() throws Exception {
        Path set = backUp();
        Path stripe = set.resolve("stripe-02.bak");
        byte[] bytes = Files.readAllBytes(stripe);
        bytes[bytes.length / 2] ^= 4;
        Files.write(stripe, bytes);

        refused(home.sluice("verify", set), "stripe-02.bak");
        refused(home.sluice("restore --from", set, "--as Copy"), "stripe-02.bak");
        assertThat(home.sluice("databases").out())
                .doesNotContain("Copy")
                .contains("failed verification", "no good one");
        refused(home.sluice("restore --from", set, "--replace"), "stripe-02.bak");
        assertThat(home.sluice("backup", SAMPLE, "--to", backups).code()).isZero();
        assertThat(home.sluice("databases").out()).doesNotContain("failed verification");
    }

    @Test
    void explainsTheCodeBehindAFailureAndKeepsItInTheHistory() throws Exception {
        Path set = backUp();
        Path stripe = set.resolve("stripe-02.bak");
        byte[] bytes = Files.readAllBytes(stripe);
        bytes[bytes.length / 2] ^= 4;
        Files.write(stripe, bytes);

        Outcome failed = home.sluice("restore --from", set, "--as Copy");

        String[] words = {
            "the server was told ERROR_CRC (23, 0x17): the data does not match its checksum",
            "Likely cause: The backup set was damaged after it was written.",
            "To do: Verify the backup set, and restore from another one."
        };
        assertThat(failed.err()).contains(words);
        JsonNode runs = new JsonMapper().readTree(home.sluice("history --json").out());
        assertThat(runs.get(0).get("result").asString()).contains(words);
    }

    @Test
    void refusesASetWithATruncatedOrMissingStripe() throws Exception {
        Path set = backUp();
        Path stripe = set.resolve("stripe-01.bak");
        byte[] bytes = Files.readAllBytes(stripe);
        Files.write(stripe, Arrays.copyOf(bytes, bytes.length - 1));
        assertUnusable(set, "is truncated");

        Files.delete(stripe);
        assertUnusable(set, "is missing");
    }

    @Test
    void refusesAManifestThatIsDamagedOrFromTheFuture() throws Exception {
        Path set = backUp();
        Path manifest = set.resolve("manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replaceFirst("\"database\"", "\"databose\""));
        assertUnusable(set, "is damaged");

        Files.writeString(manifest, text.replaceFirst("(\"formatVersion\"\\s*:\\s*)1", "$199"));
        assertUnusable(set, "newer Sluice");
    }

    @Test
    void restoresOverADatabaseOnlyWhenTold() throws Exception {
        Path set = backUp();
        assertThat(home.sluice("restore --from", set, "--as Copy").code()).isZero();

        refused(home.sluice("restore --from", set, "--as Copy"), "Copy");
        refused(home.sluice("restore --from", set), "SluiceSample");

        assertThat(home.sluice("restore --from", set, "--as Copy --replace").code()).isZero();
    }

    @Test
    void aDryRunPrintsTheStatementsAndTouchesNothing() throws Exception {
        Path set = backUp();

        Outcome backup = home.sluice("backup", SAMPLE, "--devices 2 --dry-run --to", backups);
        Outcome restore = home.sluice("restore --from", set, "--as Copy --dry-run");

        assertThat(backup.code()).isZero();
        assertThat(backup.out())
                .isEqualTo(
                        "BACKUP DATABASE [SluiceSample] TO VIRTUAL_DEVICE = N'Sluice-example',"
                                + " VIRTUAL_DEVICE = N'Sluice-example-2' WITH FORMAT, CHECKSUM,"
                                + " BLOCKSIZE = 65536, MAXTRANSFERSIZE = 1048576, STATS = 5;\n");
        assertThat(restore.code()).isZero();
        assertThat(restore.out())
                .startsWith("RESTORE DATABASE [Copy] FROM VIRTUAL_DEVICE = N'Sluice-example',")
                .endsWith(";\n")
                .hasLineCount(1);
        assertThat(json(home.sluice("restore --from", set, "--as Copy --dry-run --json")))
                .isEqualTo(
                        JsonMapper.shared()
                                .createObjectNode()
                                .set(
                                        "statements",
                                        JsonMapper.shared()
                                                .createArrayNode()
                                                .add(restore.out().replace(";\n", ""))));
        assertThat(home.sluice("databases").out()).doesNotContain("Copy");
        assertThat(json(home.sluice("backups --json")).get("sets").size()).isEqualTo(1);
        assertThat(json(home.sluice("history --json")).size()).isEqualTo(1);
    }

    @Test
    void aDryRunRefusesWhatTheRunWould() throws Exception {
        Path set = backUp();
        refused(home.sluice("restore --dry-run --from", set), "SluiceSample");
        refused(home.sluice("backup --dry-run --database None --to", backups), "None");
        refused(home.sluice("backup --dry-run --type log", SAMPLE, "--to", backups), "simple");
    }

    @Test
    void aDryRunTellsOnTheSideWhatTheRunWouldWarnOf() throws Exception {
        backUp();
        Path elsewhere = backups.resolve("elsewhere");
        Outcome plan = home.sluice("backup --dry-run --type diff", SAMPLE, "--to", elsewhere);
        assertThat(plan.code()).isZero();
        assertThat(plan.out()).startsWith("BACKUP DATABASE").hasLineCount(1);
        assertThat(plan.err()).contains("There is no full backup of \"SluiceSample\" under");
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void aChainIsFoundBesideItsLastSet() throws Exception {
        Path full = backUp();
        Path differential =
                Path.of(
                        json(home.sluice("backup --type diff --json", SAMPLE, "--to", backups))
                                .get("set")
                                .asString());

        JsonNode restore =
                json(home.sluice("restore --chain --as Copy --json --from", differential));

        assertThat(restore.get("state").asString()).isEqualTo("completed");
        assertThat(home.sluice("databases").out()).contains("Copy");
        assertThat(home.sluice("restore --chain --from", full, "--from", differential).code())
                .isEqualTo(2);
        deleteTree(full);
        refused(home.sluice("restore --chain --as Again --from", differential), "full backup");
    }

    @Test
    void aChainToATimeSaysThatTheTimeCannotBeReached() {
        Path full = backUp();
        String restore = "restore --chain --as Copy --stop-at ";
        refused(
                home.sluice(restore + "2001-02-03T04:05:06 --from", full),
                "a full backup is missing that ended before 2001-02-03T04:05:06");
        refused(
                home.sluice(restore + "2999-02-03T04:05:06 --from", full),
                "no log backup reaches 2999-02-03T04:05:06");
        assertThat(home.sluice("databases").out()).doesNotContain("Copy");
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Test
    void aServerReadsASetAsWell() throws Exception {
        Path set = backUp();

        JsonNode verified = json(home.sluice("verify --server embedded --json", set));

        assertThat(verified.get("good").asBoolean()).isTrue();
        assertThat(verified.get("server").get("state").asString()).isEqualTo("completed");
        assertThat(verified.get("server").get("statement").asString()).contains("VERIFYONLY");
        assertThat(home.sluice("verify --server none", set).code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void machinesGetNothingButJsonAlsoWhenAJobFails() {
        Outcome failed = home.sluice("backup --database Nothing --to", backups, "--json");

        assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
        JsonNode node = new JsonMapper().readTree(failed.out());
        assertThat(node.get("state").asString()).isEqualTo("failed");
        assertThat(node.get("result").asString()).contains("Nothing");
        assertThat(failed.err()).contains("Backup of Nothing on embedded failed");
    }

    private Path backUp() {
        return Path.of(
                json(home.sluice("backup", SAMPLE, "--to", backups, "--devices 2 --json"))
                        .get("set")
                        .asString());
    }

    private void assertUnusable(Path set, String why) throws IOException {
        refused(home.sluice("verify", set), why);
        refused(home.sluice("restore --from", set, "--as Copy"), why);
        JsonNode listed = new JsonMapper().readTree(home.sluice("backups --json").out());
        assertThat(listed.get("sets").isEmpty()).isTrue();
        assertThat(listed.get("problems").get(0).get("text").asString()).contains(why);
        assertThat(home.sluice("databases").out()).doesNotContain("Copy");
    }

    private static void refused(Outcome outcome, String why) {
        assertThat(outcome.err()).contains(why).doesNotContain("\tat ", "Exception");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    }

    private static boolean hasPartialStripes(Path folder) {
        try {
            return files(folder).stream().anyMatch(file -> file.toString().endsWith(".partial"));
        } catch (IOException | UncheckedIOException e) {
            // files come and go while we look
            return false;
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static JsonNode json(Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return new JsonMapper().readTree(outcome.out());
    }
}
