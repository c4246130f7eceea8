package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.TestHome.Outcome;
import dev.sluice.media.BackupSet;
import dev.sluice.media.PaperSets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;

class CliProfileTest {

    @TempDir private Path folder;

    private TestHome home;

    @BeforeEach
    void open() throws Exception {
        home = new TestHome(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void keepsABackupWithEverythingItAsksFor() {
        Outcome created =
                home.sluice(
                        "profile create nightly --database Sales --to",
                        folder.resolve("my backups"),
                        "--devices 4 --type log --copy-only --no-checksum --limit-rate 20M"
                                + " --compression ZSTD:low --block-size 4K --buffer-count 12"
                                + " --max-transfer-size 256K");
        assertThat(created)
                .isEqualTo(done("Created profile \"nightly\"; run it with: sluice run nightly\n"));

        JsonNode shown = json(home.sluice("profile show nightly --json"));

        assertThat(shown.toString())
                .isEqualTo(
                        "{\"name\":\"nightly\",\"kind\":\"backup\",\"server\":\"embedded\","
                                + "\"database\":\"Sales\",\"databases\":[\"Sales\"],"
                                + "\"type\":\"log\",\"copyOnly\":true,\"checksum\":false,"
                                + "\"compression\":\"zstd:low\",\"destination\":\""
                                + folder.resolve("my backups")
                                + "\",\"devices\":4,\"blockSize\":4096,\"bufferCount\":12,"
                                + "\"maxTransferSize\":262144,\"limitRate\":20971520}");
        assertThat(home.sluice("profile list").out())
                .contains("nightly", "log of Sales on 4 devices");
    }

    @Test
    void keepsARestoreOfAChainWithEverythingItAsksFor() {
        assertThat(
                        home.sluice(
                                        "profile create point --from",
                                        folder.resolve("full"),
                                        "--from",
                                        folder.resolve("log"),
                                        "--as Copy --checksum --stop-at 2026-01-02T03:04:05"
                                                + " --standby /data/undo.tuf --close-connections"
                                                + " --move Sales=/data/copy.mdf"
                                                + " --log-folder /logs --data-folder /data")
                                .code())
                .isZero();

        JsonNode shown = json(home.sluice("profile show point --json"));

        assertThat(shown.get("sets").toString())
                .isEqualTo(
                        "[\"%s\",\"%s\"]".formatted(folder.resolve("full"), folder.resolve("log")));
        assertThat(shown.get("stopAt").asString()).isEqualTo("2026-01-02T03:04:05");
        assertThat(shown.get("standby").asString()).isEqualTo("/data/undo.tuf");
        assertThat(shown.get("moves").toString())
                .isEqualTo("[{\"file\":\"Sales\",\"path\":\"/data/copy.mdf\"}]");
        assertThat(shown.get("checksum").asBoolean()).isTrue();
        assertThat(shown.get("closeConnections").asBoolean()).isTrue();
        assertThat(shown.get("logFolder").asString()).isEqualTo("/logs");
        assertThat(shown.get("dataFolder").asString()).isEqualTo("/data");
    }

    @Test
    void aChainLeadsPastASetThatDidNotPassItsVerification() throws Exception {
        Morning morning = new Morning();
        assertThat(chainTo(morning.last).sets())
                .containsExactly(morning.full, morning.differential, morning.last);
        damaged(morning.differential);

        Chain past = chainTo(morning.last);

        assertThat(past.sets()).containsExactly(morning.full, morning.log, morning.last);
        assertThat(past.warnings()).isEmpty();
        assertThat(chain("--chain --stop-at 2026-03-04T10:50:00", morning.last).sets())
                .containsExactly(morning.full, morning.log, morning.last);
    }

    @Test
    void aDoubtedSetThatTheChainCannotDoWithoutIsTakenWithAWarning() throws Exception {
        Morning morning = new Morning();
        damaged(morning.full);
        damaged(morning.last);

        Chain through = chainTo(morning.last);

        assertThat(through.sets())
                .containsExactly(morning.full, morning.differential, morning.last);
        assertThat(through.warnings())
                .hasLineCount(2)
                .contains("the set " + morning.full + " did not pass its last verification")
                .contains("the set " + morning.last + " did not pass its last verification");
    }

    @Test
    void aChainLeadsPastASetWhoseStripesAreMissing() throws Exception {
        Morning morning = new Morning();
        damaged(morning.full);
        Files.delete(morning.differential.resolve("stripe-01.bak"));
        assertThat(chainTo(morning.last).sets())
                .containsExactly(morning.full, morning.log, morning.last);

        Files.delete(morning.full.resolve("stripe-01.bak"));
        Outcome refused = home.sluice("profile create lost --chain --from", morning.last);
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains(morning.full.resolve("stripe-01.bak").toString());
    }

    /** A full backup, a log, a differential backup, and a log that goes on from either. */
    private final class Morning {

        private static final LocalDateTime TEN = LocalDateTime.of(2026, 3, 4, 10, 0);

        private final PaperSets sales = new PaperSets("prod", "Sales");
        private final BackupSet begin = sales.full(TEN);
        private final Path full = written(begin);
        private final Path log = written(sales.log(TEN.minusMinutes(30), TEN.plusMinutes(30)));
        private final Path differential = written(sales.differential(TEN.plusMinutes(40), begin));
        private final Path last = written(sales.log(TEN.plusMinutes(30), TEN.plusMinutes(60)));

        Morning() throws IOException {}

        private Path written(BackupSet set) throws IOException {
            return PaperSets.write(set, folder.toRealPath()).directory();
        }
    }

    private record Chain(List<Path> sets, String warnings) {}

    private Chain chainTo(Path last) {
        return chain("--chain", last);
    }

    private Chain chain(String options, Path last) {
        Outcome created =
                home.sluice("profile create chain --overwrite " + options + " --from", last);
        assertThat(created.code()).as(created.err()).isZero();
        JsonNode shown = json(home.sluice("profile show chain --json"));
        List<Path> sets =
                shown.get("sets").valueStream().map(JsonNode::asString).map(Path::of).toList();
        return new Chain(sets, created.err());
    }

    /** What is on paper is not what its digest says. */
    private void damaged(Path set) {
        JsonNode verified = new JsonMapper().readTree(home.sluice("verify --json", set).out());
        assertThat(verified.get("damaged").asBoolean()).isTrue();
    }

    @Test
    void aRestoreStopsAtOnePlaceAndEndsInOneState() {
        String from = "profile create point --from ";
        for (String options :
                List.of(
                        "--stop-at 2026-01-02 --stop-at-mark m",
                        "--stop-at-mark m --stop-before-mark m",
                        "--no-recovery --standby /undo",
                        "--stop-at 2026-13-02",
                        "--stop-at yesterday",
                        "--after 2026-01-02",
                        "--move Sales")) {
            assertThat(home.sluice(from, folder, options).code()).as(options).isEqualTo(2);
        }
        assertThat(home.sluice("profile list").out()).doesNotContain("point");
    }

    @Test
    void keepsARestore() {
        assertThat(
                        home.sluice(
                                        "profile create back --from",
                                        folder,
                                        "--as Copy --replace --no-recovery")
                                .code())
                .isZero();

        JsonNode shown = json(home.sluice("profile show back --json"));

        assertThat(shown.get("kind").asString()).isEqualTo("restore");
        assertThat(shown.get("set").asString()).isEqualTo(folder.toString());
        assertThat(shown.get("database").asString()).isEqualTo("Copy");
        assertThat(shown.get("replace").asBoolean()).isTrue();
        assertThat(shown.get("noRecovery").asBoolean()).isTrue();
    }

    @Test
    void suggestsTheNameThatWasMeant() {
        home.sluice("profile create nightly --database Sales --to x");

        for (String command : new String[] {"run", "profile show", "profile delete"}) {
            Outcome refused = home.sluice(command + " nigthly");
            assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.err())
                    .contains("there is no profile \"nigthly\"; did you mean \"nightly\"?");
            assertThat(refused.out()).isEmpty();
        }
    }

    @Test
    void replacesAProfileOnlyWhenTold() {
        home.sluice("profile create nightly --database Sales --to x");

        Outcome refused = home.sluice("profile create nightly --database Other --to x");
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(json(home.sluice("profile show nightly --json")).get("database").asString())
                .isEqualTo("Sales");

        assertThat(home.sluice("profile create nightly --database Other --to x --overwrite").code())
                .isZero();
        assertThat(json(home.sluice("profile show nightly --json")).get("database").asString())
                .isEqualTo("Other");
    }

    @Test
    void movesAProfileToAnotherMachine() throws Exception {
        home.sluice("profile create nightly --database Sales --to x");
        Path file = folder.resolve("nightly.json");

        assertThat(home.sluice("profile export nightly", file).code()).isZero();
        assertThat(home.sluice("profile export nightly", file).code()).isEqualTo(ExitCode.FAILED);
        assertThat(home.sluice("profile delete nightly").code()).isZero();
        assertThat(home.sluice("profile list").out()).contains("no profile yet");
        assertThat(home.sluice("profile import", file).code()).isZero();
        assertThat(json(home.sluice("profile show nightly --json")).get("database").asString())
                .isEqualTo("Sales");

        Files.writeString(file, "{\"format\":");
        assertThat(home.sluice("profile import", file).code()).isEqualTo(ExitCode.FAILED);
        assertThat(home.sluice("profile import", folder.resolve("none.json")).code())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void saysThatThereIsNothingYet() {
        assertThat(home.sluice("history").out()).contains("Nothing has run yet");
        assertThat(json(home.sluice("history --json")).isEmpty()).isTrue();
        assertThat(home.sluice("backups").out()).contains("No backup set was found");
        assertThat(json(home.sluice("profile list --json")).isEmpty()).isTrue();
    }

    private static Outcome done(String out) {
        return new Outcome(ExitCode.DONE, out, "");
    }

    private static JsonNode json(Outcome outcome) {
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        return new JsonMapper().readTree(outcome.out());
    }
}
