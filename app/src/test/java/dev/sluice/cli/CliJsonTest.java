package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code --help} says about JSON, and what {@code --json} prints, are the same. */
class CliJsonTest {

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
    void theHelpOfEachCommandNamesItsFields() throws Exception {
        Path backups = folder.resolve("backups");
        JsonNode backup = json("backup --database SluiceSample --save-as p --to", backups);
        Path set = Path.of(backup.get("set").asString());
        leaveRemainsAndProblems(set);

        assertThat(names(backup)).isEqualTo(documented("backup"));
        assertThat(documented("restore")).isEqualTo(documented("backup"));
        assertThat(documented("run")).isEqualTo(documented("backup"));
        assertThat(names(json("databases"))).isEqualTo(documented("databases"));
        assertThat(names(json("history"))).isEqualTo(documented("history"));
        assertThat(names(json("backups"))).isEqualTo(documented("backups"));
        assertThat(names(json("verify", set.resolve("none")))).isEqualTo(documented("verify"));
        home.sluice("profile create q --from", set);
        assertThat(names(json("profile list"))).isEqualTo(documented("profile list"));
        assertThat(names(json("doctor"))).isEqualTo(documented("doctor"));
        assertThat(documented("profile show")).isEqualTo(documented("profile list"));
    }

    private static void leaveRemainsAndProblems(Path set) throws Exception {
        Path remains = Files.createDirectories(set.resolveSibling("20260102-030405-full"));
        Files.writeString(remains.resolve("stripe-01.bak.partial"), "half");
        Path broken = Files.createDirectories(set.resolveSibling("20260102-030406-full"));
        Files.writeString(broken.resolve("manifest.json"), "{");
    }

    private JsonNode json(Object... command) {
        Object[] parts = Arrays.copyOf(command, command.length + 1);
        parts[command.length] = "--json";
        return new JsonMapper().readTree(home.sluice(parts).out());
    }

    /** Every name in the tree. */
    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.properties()
                .forEach(
                        field -> {
                            names.add(field.getKey());
                            names.addAll(names(field.getValue()));
                        });
        if (node.isArray()) {
            node.forEach(item -> names.addAll(names(item)));
        }
        return names;
    }

    private Set<String> documented(String command) {
        String help = home.sluice(command + " --help").out();
        String fields = help.substring(help.indexOf("JSON fields:") + 12);
        return Pattern.compile("\\w+")
                .matcher(fields.substring(0, fields.indexOf('.')).replaceFirst(";[^;]*$", ""))
                .results()
                .map(word -> word.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
