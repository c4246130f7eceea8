package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.TestHome.Outcome;
import dev.sluice.media.BackupSet;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.tds.Message;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** What people type, and what becomes of it: the command line in front of SQL Server. */
@Timeout(120)
class CommandLineTest {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int CANCELLED = 130;

    private static final String SECRET = CommandLineBench.SECRET;
    private static final String BACKUP = "BACKUP DATABASE";
    private static final String LEDGER = "Ledger";

    /** Somewhere inside the stream of a full backup. */
    private static final long MIDDLE = 400_000;

    @TempDir private Path folder;
    private CommandLineBench bench;
    private ServerDatabase sales;

    @BeforeEach
    void begin() throws Exception {
        bench = new CommandLineBench(folder);
        sales = bench.server.create(Recording.chain());
        bench.done("server add prod", bench.address());
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private static String backup(String databases) {
        return "backup --server prod --block-size 512 " + databases + " --to";
    }

    private Outcome backUp(String options) {
        return bench.sluice(backup("--database DBWithoutOwner"), bench.backups, SECRET, options);
    }

    private static JsonNode json(Outcome outcome) {
        return new JsonMapper().readTree(outcome.out());
    }

    private String states() {
        return bench.json("history --json").findValuesAsString("outcome").toString();
    }

    // ---- the server

    @Test
    void aServerIsTriedWithAPasswordFromTheStoreAVariableOrStandardInput() throws Exception {
        bench.done("server add kept", bench.address(), "--secret store", SECRET);

        for (String command :
                List.of(
                        "server test kept",
                        "server test prod " + SECRET,
                        "server test prod --password-stdin")) {
            Outcome tested = bench.sluice(command);
            assertThat(tested.code()).as(command).isEqualTo(DONE);
            assertThat(tested.err()).isEmpty();
            assertThat(tested.out().lines())
                    .anyMatch(line -> line.matches("version +16\\.0\\.4175\\.1"))
                    .anyMatch(line -> line.matches("login +sluice"))
                    .anyMatch(line -> line.matches("sysadmin +true"))
                    .noneMatch(line -> line.startsWith("elsewhere"));
        }

        JsonNode facts = bench.json("server test kept --json");
        assertThat(facts.get("elsewhere").isNull()).isTrue();
        assertThat(bench.done("databases --server kept")).contains(Recording.CHAIN);
        assertThat(bench.sluice("server test prod").err()).contains("there is no terminal");
    }

    @Test
    void aRefusedPasswordIsToldAndNothingIsTouched() throws Exception {
        Path set = bench.backUp(Recording.CHAIN, "");
        List<Path> files = bench.files();
        List<String> statements = bench.server.statements();
        bench.mistypePassword();

        for (String command :
                List.of(
                        "server test prod",
                        "databases --server prod",
                        backup("--database DBWithoutOwner") + " " + bench.backups,
                        backup("--database DBWithoutOwner") + " " + bench.backups + " --dry-run",
                        "verify --server prod " + set,
                        "restore --server prod --as Copy --from " + set,
                        "restore --server prod --as Copy --dry-run --from " + set)) {
            Outcome refused = bench.sluice(command, SECRET);
            assertThat(refused.code()).as(command).isEqualTo(FAILED);
            assertThat(refused.err())
                    .as(command)
                    .contains("Msg 18456", "Login failed for user 'sluice'")
                    .doesNotContain("\tat ");
        }

        assertThat(bench.files()).isEqualTo(files);
        assertThat(bench.server.statements()).isEqualTo(statements);
    }

    // ---- backups

    @Test
    void everyTypeOfBackupIsMadeAndToldInNumbers() throws Exception {
        List<ServerBackup> chain = Recording.chain();
        for (String type : List.of("full", "diff", "log")) {
            JsonNode end = json(backUp("--json --type " + type));

            ServerBackup recording = chain.get(List.of("full", "diff", "log").indexOf(type));
            assertThat(end.get("state").asString()).isEqualTo("completed");
            assertThat(end.get("runs").findValuesAsString("id"))
                    .containsExactly(end.get("id").asString());
            assertThat(end.get("bytes").asLong()).isEqualTo(recording.size());
            assertThat(end.get("statement").asString())
                    .isEqualTo(bench.server.statements().getLast());
            Path set = Path.of(end.get("set").asString());
            assertThat(set.getParent())
                    .isEqualTo(bench.backups.resolve("prod").resolve(Recording.CHAIN));
            assertThat(set.toString()).endsWith("-" + type);
            assertThat(BackupSet.open(set).stripePath(0))
                    .hasBinaryContent(recording.stripes().getFirst());
        }
        assertThat(states()).isEqualTo("[completed, completed, completed]");
    }

    @Test
    void whatTheServerSaysIsShownAsItHappens() {
        Outcome end = backUp("");
        assertThat(end.code()).isEqualTo(DONE);
        assertThat(end.err()).isEmpty();
        assertThat(end.out())
                .containsSubsequence(
                        "BACKUP DATABASE [DBWithoutOwner] TO VIRTUAL_DEVICE",
                        "server: ",
                        "BACKUP DATABASE successfully processed 169 pages",
                        "Backup of DBWithoutOwner on prod completed.",
                        "  set   " + bench.backups);
    }

    @Test
    void severalDatabasesAreBackedUpAndEachIsTold() throws Exception {
        bench.server.create(Recording.plainChain());

        Outcome both =
                bench.sluice(
                        backup("--database DBWithoutOwner --database doublediff"),
                        bench.backups,
                        SECRET,
                        "--no-checksum");

        assertThat(both.code()).as("%s", both).isEqualTo(DONE);
        for (String name : List.of(Recording.CHAIN, Recording.PLAIN)) {
            assertThat(both.out()).contains(bench.backups.resolve("prod").resolve(name) + "/");
        }
        assertThat(both.out()).contains("  size  2.9 MiB in 2 runs").doesNotContain("  set  ");
        assertThat(states()).isEqualTo("[completed, completed]");
        assertThat(bench.json("backups --json", bench.backups).get("sets")).hasSize(2);
    }

    @Test
    void oneOfSeveralDatabasesThatFailsMakesTheCommandFailAndTheOthersAreKept() throws Exception {
        bench.server.create(Recording.plainChain());
        bench.server.next(BACKUP, new Fault.Abort(100_000));

        Outcome both =
                bench.sluice(
                        backup("--database DBWithoutOwner --database doublediff"),
                        bench.backups,
                        SECRET,
                        "--no-checksum --json");

        assertThat(both.code()).isEqualTo(FAILED);
        assertThat(json(both).get("state").asString()).isEqualTo("failed");
        JsonNode runs = json(both).get("runs");
        assertThat(runs.findValuesAsString("database"))
                .containsExactly(Recording.CHAIN, Recording.PLAIN);
        assertThat(runs.findValuesAsString("state")).containsExactly("failed", "completed");
        assertThat(bench.json("history --json").findValuesAsString("id"))
                .containsExactlyInAnyOrderElementsOf(runs.findValuesAsString("id"));
        assertThat(both.err()).contains("Msg 3013");
        assertThat(states()).isEqualTo("[completed, failed]");
        assertThat(bench.files())
                .hasSize(2)
                .allMatch(file -> file.toString().contains(Recording.PLAIN));
    }

    @Test
    void aDryRunOfABackupPrintsWhatTheBackupThenSendsAndTouchesNothing() throws Exception {
        String planned = json(backUp("--dry-run --json")).get("statements").get(0).asString();
        String printed = backUp("--dry-run --stats 5").out();

        assertThat(printed).isEqualTo(planned + ";\n");
        assertThat(bench.server.statements()).isEmpty();
        assertThat(bench.files()).isEmpty();
        assertThat(states()).isEqualTo("[]");

        assertThat(backUp("").code()).isEqualTo(DONE);
        assertThat(bench.server.statements())
                .singleElement()
                .extracting(CommandLineTest::withoutDevices)
                .isEqualTo(withoutDevices(planned));
    }

    private static String withoutDevices(String statement) {
        return statement.replaceAll("VIRTUAL_DEVICE = N'[^']+'", "VIRTUAL_DEVICE");
    }

    @Test
    void aDryRunIsRefusedWhereTheBackupWouldBe() throws Exception {
        for (String options : List.of("--type log", "--type log --dry-run")) {
            Outcome refused = backUp(options);
            assertThat(refused.code()).as(options).isEqualTo(FAILED);
            assertThat(refused.err()).as(options).contains("take a full backup first");
        }
        assertThat(bench.server.statements()).isEmpty();
        assertThat(bench.files()).isEmpty();
    }

    @Test
    void aStatementThatFailsAfterAllTheDataCommitsNothing() throws Exception {
        for (String options : List.of("", "--json")) {
            bench.server.next(
                    BACKUP,
                    new Fault.FailAfterAll(
                            new Message(3009, 16, 1, "Could not insert a backup history")));
            Outcome failed = backUp(options);
            assertThat(failed.code()).isEqualTo(FAILED);
            assertThat(failed.err())
                    .contains("Backup of DBWithoutOwner on prod failed", "Msg 3009", "Msg 3013");
            assertThat(options.isEmpty() || json(failed).get("state").asString().equals("failed"))
                    .isTrue();
        }
        assertThat(bench.files()).isEmpty();
        assertThat(states()).isEqualTo("[failed, failed]");
        assertThat(backUp("").code()).isEqualTo(DONE);
    }

    @Test
    void theTailOfTheLogTellsInWhichStateTheDatabaseIs() {
        bench.server.createLive(LEDGER).fill(LEDGER, 3);
        bench.backUp(LEDGER, "");
        String end =
                bench.done(backup("--database Ledger"), bench.backups, SECRET, "--type log --tail");
        assertThat(end).contains("\"Ledger\" is RESTORING now");
        assertThat(bench.database(LEDGER).state).isEqualTo(State.RESTORING);
    }

    @Test
    void aProfileRunsWithoutKnowingThePassword() throws Exception {
        assertThat(backUp("--save-as nightly").out()).contains("sluice run nightly");
        assertThat(bench.done("profile show nightly").lines())
                .anyMatch(line -> line.matches("databases +DBWithoutOwner"))
                .noneMatch(line -> line.matches("\\w+ *"));

        assertThat(bench.json("run nightly --json", SECRET).get("state").asString())
                .isEqualTo("completed");

        assertThat(bench.sluice("run nightly").code()).isEqualTo(FAILED);
        assertThat(bench.json("backups --json", bench.backups).get("sets")).hasSize(2);
    }

    // ---- stopped

    @Test
    void ctrlCInMidStreamShowsTheDrainAndLeavesNothing() throws Exception {
        Fault.Hold hold = new Fault.Hold(MIDDLE);
        bench.server.next(BACKUP, hold);
        CompletableFuture<Outcome> end =
                bench.start(backup("--database DBWithoutOwner"), bench.backups, SECRET);
        hold.awaitReached();

        bench.pressCtrlC();
        bench.awaitWritten("done: device set closed");
        bench.pressCtrlC();
        bench.awaitWritten("Still awaited:");
        hold.release();

        Outcome cancelled = CommandLineBench.await(end);
        assertThat(cancelled.code()).isEqualTo(CANCELLED);
        assertThat(cancelled.out())
                .contains(
                        "Ctrl-C: stopping; every buffer is waited for.",
                        "done: stop requested",
                        "done: SignalAbort sent",
                        "done: buffers returned",
                        "Nothing is forced",
                        "done: partial files removed",
                        "Backup of DBWithoutOwner on prod cancelled after");
        assertThat(bench.files()).isEmpty();
        assertThat(sales.differentialBase).isFalse();
        assertThat(states()).isEqualTo("[cancelled]");
        assertThat(backUp("").code()).isEqualTo(DONE);
    }

    @Test
    void ctrlCIsToldInJsonAsWell() throws Exception {
        Fault.Hold hold = new Fault.Hold(MIDDLE);
        bench.server.next(BACKUP, hold);
        CompletableFuture<Outcome> end =
                bench.start(backup("--database DBWithoutOwner"), bench.backups, SECRET, "--json");
        hold.awaitReached();
        bench.pressCtrlC();
        bench.awaitWritten("done: device set closed");
        hold.release();

        Outcome cancelled = CommandLineBench.await(end);
        assertThat(cancelled.code()).isEqualTo(CANCELLED);
        assertThat(json(cancelled).get("state").asString()).isEqualTo("cancelled");
        assertThat(cancelled.err()).contains("done: SignalAbort sent");
        assertThat(bench.files()).isEmpty();
    }

    @Test
    void ctrlCInARestoreTellsWhatBecameOfTheDatabase() throws Exception {
        Path set = bench.backUp(Recording.CHAIN, "");
        Fault.Hold hold = new Fault.Hold(MIDDLE);
        bench.server.next("RESTORE DATABASE", hold);
        CompletableFuture<Outcome> end =
                bench.start("restore --server prod --as Copy --from", set, SECRET);
        hold.awaitReached();
        bench.pressCtrlC();
        bench.awaitWritten("done: device set closed");
        hold.release();

        Outcome cancelled = CommandLineBench.await(end);
        assertThat(cancelled.code()).isEqualTo(CANCELLED);
        assertThat(cancelled.out()).contains("cancelled after", "\"Copy\" is RESTORING now");
        assertThat(bench.database("Copy").restored).isEmpty();
    }

    // ---- what only reads

    @Test
    void aServerReadsASetAndIsBelieved() throws Exception {
        Path set = bench.backUp(Recording.CHAIN, "");

        JsonNode good = bench.json("verify --server prod --json", set, SECRET);
        bench.server.next("RESTORE VERIFYONLY", new Fault.Abort(100_000));
        Outcome bad = bench.sluice("verify --server prod", set, SECRET);

        assertThat(good.get("good").asBoolean()).isTrue();
        assertThat(good.get("server").get("statement").asString()).startsWith("RESTORE VERIFYONLY");
        assertThat(good.get("server").get("bytes").asLong())
                .isEqualTo(Recording.chain().getFirst().size());
        assertThat(bad.code()).isEqualTo(FAILED);
        assertThat(bad.err()).contains("Msg 3203", "Msg 3013");
        assertThat(bench.restores()).isEmpty();
    }

    // ---- restores

    @Test
    void aChainIsRestoredAsItsDryRunSaid() throws Exception {
        bench.backUp(Recording.CHAIN, "");
        bench.backUp(Recording.CHAIN, "--type diff");
        bench.backUp(Recording.CHAIN, "--type log");
        Path last = bench.backUp(Recording.CHAIN, "--type log");
        String restore = "restore --server prod --as Copy --chain --from";

        JsonNode planned = bench.json(restore, last, SECRET, "--dry-run --json").get("statements");
        String printed = bench.done(restore, last, SECRET, "--dry-run");

        assertThat(printed.lines().map(line -> line.replaceFirst(";$", "")))
                .containsExactlyElementsOf(planned.valueStream().map(JsonNode::asString).toList())
                .hasSize(4);
        assertThat(bench.server.find("Copy")).isNull();
        assertThat(bench.restores()).isEmpty();

        JsonNode end = bench.json(restore, last, SECRET, "--json");

        assertThat(end.get("state").asString()).isEqualTo("completed");
        assertThat(end.get("database").asString()).isEqualTo("Copy");
        assertThat(end.get("runs").findValuesAsString("state"))
                .hasSize(4)
                .containsOnly("completed");
        assertThat(bench.restores().stream().map(CommandLineTest::withoutDevices))
                .containsExactlyElementsOf(
                        printed.lines()
                                .map(line -> withoutDevices(line.replaceFirst(";$", "")))
                                .toList());
        List<ServerBackup> chain = Recording.chain();
        assertThat(bench.database("Copy").restored)
                .containsExactly(chain.get(0), chain.get(1), chain.get(2), chain.get(3));
        assertThat(bench.database("Copy").state).isEqualTo(State.ONLINE);
    }

    @Test
    void aChainStopsAtTheTimeThatIsGiven() throws Exception {
        ServerDatabase ledger = bench.server.createLive(LEDGER);
        ledger.fill(LEDGER, 3);
        bench.backUp(LEDGER, "");
        ledger.write(LEDGER, 1, "good");
        LocalDateTime then = ledger.now();
        ledger.write(LEDGER, 1, "bad");
        Path log = bench.backUp(LEDGER, "--type log");
        ledger.write(LEDGER, 1, "worse");
        bench.backUp(LEDGER, "--type log");

        bench.done(
                "restore --server prod --as Copy --chain --stop-at",
                DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(then),
                "--from",
                log,
                SECRET);

        assertThat(Objects.requireNonNull(bench.database("Copy").file(LEDGER).pages.get(1)).text())
                .isEqualTo("good");
        assertThat(bench.restores()).hasSize(2).last().asString().contains("STOPAT = N'2026-");
        Outcome early =
                bench.sluice(
                        "restore --server prod --as Early --chain --stop-at 2001-01-01 --from",
                        log,
                        SECRET);
        assertThat(early.code()).isEqualTo(FAILED);
        assertThat(bench.server.find("Early")).isNull();
    }

    @Test
    void aDatabaseIsReplacedOnlyWhereThatIsSaid() throws Exception {
        Path set = bench.backUp(Recording.CHAIN, "");
        sales.users = 1;

        for (String dry : List.of("", "--dry-run")) {
            Outcome refused = bench.sluice("restore --server prod --from", set, SECRET, dry);
            assertThat(refused.code()).isEqualTo(FAILED);
            assertThat(refused.err()).contains("\"DBWithoutOwner\" exists");
        }
        assertThat(bench.restores()).isEmpty();

        bench.done("restore --server prod --replace --close-connections --from", set, SECRET);

        assertThat(sales.restored).containsExactly(Recording.chain().getFirst());
        assertThat(sales.users).isZero();
    }

    @Test
    void filesGoWhereTheyAreMoved() throws Exception {
        Path set = bench.backUp(Recording.CHAIN, "");
        String taken = "restore --server prod --as Copy --move DBWihtoutOwner=";
        String inUse = Objects.requireNonNull(sales.paths().get("DBWihtoutOwner"));
        Outcome refused = bench.sluice(taken + inUse, "--from", set, SECRET);
        assertThat(refused.code()).isEqualTo(FAILED);
        assertThat(refused.err()).contains(inUse);

        bench.done(
                "restore --server prod --as Copy --move DBWihtoutOwner=/var/opt/mssql/data/c.mdf"
                        + " --move DBWihtoutOwner_log=/var/opt/mssql/log/c.ldf --from",
                set,
                SECRET);

        assertThat(bench.database("Copy").paths().values())
                .containsExactly("/var/opt/mssql/data/c.mdf", "/var/opt/mssql/log/c.ldf");
    }

    @Test
    void aRestoreThatFailsTellsWhatBecameOfTheDatabase() throws Exception {
        Path set = bench.backUp(Recording.CHAIN, "");
        bench.server.next("RESTORE DATABASE", new Fault.Abort(MIDDLE));
        Outcome failed = bench.sluice("restore --server prod --as Copy --from", set, SECRET);
        assertThat(failed.code()).isEqualTo(FAILED);
        assertThat(failed.err()).contains("Msg 3013", "\"Copy\" is RESTORING now");
    }
}
