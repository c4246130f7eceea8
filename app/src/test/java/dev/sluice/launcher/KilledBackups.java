package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Cli;
import dev.sluice.cli.CliContext;
import dev.sluice.cli.SecretInputs;
import dev.sluice.cli.Terminal;
import dev.sluice.job.Folders;
import dev.sluice.sql.embedded.DatabaseComparison;
import dev.sluice.sql.embedded.SampleDatabase;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** One home whose backups are killed again and again, and examined after each. One thread. */
final class KilledBackups {

    private static final long SIZE = 1 << 20;
    private static final String SOURCE = "Small";
    private static final String TWIN = "Twin";

    private final Path home;
    private final Random random;
    private long expectedBytes;
    private int unfinished;

    KilledBackups(Path home, long seed) throws Exception {
        this.home = home;
        this.random = new Random(seed);
        try (OpenOnUse sluice = new OpenOnUse(Folders.under(home))) {
            SampleDatabase.create(sluice.embedded(), SOURCE, SIZE);
            SampleDatabase.create(sluice.embedded(), TWIN, SIZE);
            Path whole = home.resolve("whole");
            assertThat(run(sluice, backup(whole))).as("an undisturbed backup").isZero();
            expectedBytes = bytes(whole);
        }
    }

    /** Kills so many backups. One that ended before its moment came does not count. */
    void kill(int times) throws Exception {
        int killed = 0;
        for (int attempt = 0; killed < times; attempt++) {
            assertThat(attempt).as("attempts for %d kills", killed).isLessThan(2 * times);
            Path destination = home.resolve("to-" + attempt);
            try (ForkedSluice backup = ForkedSluice.start(home, backup(destination))) {
                BooleanSupplier moment = moment(killed, backup, destination);
                if (backup.awaitWhileAlive(moment)) {
                    backup.kill();
                    killed++;
                }
            }
            examine(destination);
        }
    }

    /** How many kills left no complete backup. */
    int unfinished() {
        return unfinished;
    }

    /** After all that, a backup and a restore work as ever. */
    void afterAll() throws Exception {
        try (OpenOnUse sluice = new OpenOnUse(Folders.under(home))) {
            Path destination = home.resolve("after");
            assertThat(run(sluice, backup(destination))).isZero();
            JsonNode sets = json(sluice, "backups", destination.toString()).get("sets");
            assertThat(sets.size()).isOne();
            restoresToTheSameRows(sluice, sets.get(0).get("set").asString());
        }
    }

    /** Start, stream and finish all have their turn. */
    private BooleanSupplier moment(int turn, ForkedSluice backup, Path destination) {
        return switch (turn % 8) {
            case 0 -> {
                int lines = 1 + random.nextInt(5);
                yield () -> backup.lines().size() >= lines;
            }
            case 1 -> () -> Files.exists(destination);
            case 6 -> () -> has(destination, "manifest.json.partial") || isCommitted(destination);
            case 7 -> random.nextBoolean() ? () -> isCommitted(destination) : renamed(destination);
            default -> {
                long bytes = (long) (random.nextDouble() * expectedBytes) + 1;
                yield () -> bytes(destination) >= bytes;
            }
        };
    }

    private static boolean isCommitted(Path destination) {
        return has(destination, "manifest.json");
    }

    private static BooleanSupplier renamed(Path destination) {
        return () -> has(destination, "stripe-01.bak");
    }

    private void examine(Path destination) throws Exception {
        try (OpenOnUse sluice = new OpenOnUse(Folders.under(home))) {
            JsonNode found =
                    Files.exists(destination)
                            ? json(sluice, "backups", destination.toString())
                            : new JsonMapper()
                                    .readTree("{\"sets\":[],\"remains\":[],\"problems\":[]}");
            assertThat(found.get("problems").isEmpty()).as("no damaged set: %s", found).isTrue();
            if (found.get("sets").isEmpty()) {
                unfinished++;
                isAccountedFor(sluice, destination, found);
            } else {
                String set = found.get("sets").get(0).get("set").asString();
                assertThat(run(sluice, List.of("verify", set))).as("verify %s", set).isZero();
                restoresToTheSameRows(sluice, set);
            }
            assertThat(outcome(sluice)).isIn("interrupted", "completed");
            sameRows(sluice, TWIN);
        }
    }

    /** What lies there is reported as remains that nothing writes to, and is not verified. */
    private static void isAccountedFor(OpenOnUse sluice, Path destination, JsonNode found)
            throws Exception {
        for (Path file : ForkedSluice.files(destination)) {
            String set = String.valueOf(file.getParent());
            assertThat(found.get("remains").toString()).contains(set);
            assertThat(run(sluice, List.of("verify", set))).isEqualTo(1);
        }
        for (JsonNode remains : found.get("remains")) {
            assertThat(remains.get("running").asBoolean()).isFalse();
        }
    }

    private static void restoresToTheSameRows(OpenOnUse sluice, String set) throws Exception {
        assertThat(run(sluice, List.of("restore", "--from", set, "--as", "Copy", "--replace")))
                .isZero();
        sameRows(sluice, "Copy");
    }

    private static void sameRows(OpenOnUse sluice, String other) throws Exception {
        try (Connection left = sluice.embedded().openConnection(SOURCE);
                Connection right = sluice.embedded().openConnection(other)) {
            assertThat(DatabaseComparison.compare(left, right).differences()).isEmpty();
        }
    }

    private static String outcome(OpenOnUse sluice) throws Exception {
        return json(sluice, "history").get(0).get("outcome").asString();
    }

    private static List<String> backup(Path destination) {
        return List.of(
                "backup",
                "--database",
                SOURCE,
                "--to",
                destination.toString(),
                "--devices",
                "3",
                "--limit-rate",
                "8M",
                "--max-transfer-size",
                "64K");
    }

    private static int run(OpenOnUse sluice, List<String> arguments) {
        return run(sluice, arguments, new StringWriter());
    }

    private static JsonNode json(OpenOnUse sluice, String... command) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--json");
        StringWriter out = new StringWriter();
        assertThat(run(sluice, arguments, out)).as("%s", arguments).isZero();
        return new JsonMapper().readTree(out.toString());
    }

    private static int run(OpenOnUse sluice, List<String> arguments, StringWriter out) {
        Terminal terminal = Terminal.plain(new PrintWriter(out), new PrintWriter(out));
        return Cli.run(
                arguments,
                new CliContext(
                        terminal,
                        SecretInputs.ofProcess(Map.of()),
                        listener -> () -> {},
                        sluice,
                        Path.of("sluice.log")));
    }

    private static boolean has(Path folder, String name) {
        return ForkedSluice.files(folder).stream().anyMatch(file -> file.endsWith(name));
    }

    private static long bytes(Path folder) {
        return ForkedSluice.files(folder).stream().mapToLong(file -> file.toFile().length()).sum();
    }
}
