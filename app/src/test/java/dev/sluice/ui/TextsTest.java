package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.doctor.Check;
import dev.sluice.job.BackupHealth;
import dev.sluice.job.DrainStep;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.RunRecord;
import dev.sluice.job.Settings;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.ui.common.FolderCheck;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.history.OutcomeFilter;
import dev.sluice.ui.history.Period;
import dev.sluice.ui.sets.SetRow;
import dev.sluice.vdi.DeviceSetObservation;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every text that is asked for exists, and every text that exists is asked for. */
class TextsTest {

    private static final Path JAVA = Path.of("src/main/java/dev/sluice/ui");
    private static final Path RESOURCES = Path.of("src/main/resources/dev/sluice/ui");
    private static final Pattern GET = Pattern.compile("texts\\s*\\.get\\(\\s*\"([^\"]+)\"");
    private static final Pattern OF = Pattern.compile("texts\\s*\\.of\\(\\s*\"([^\"]+)\"");
    private static final Pattern FXML = Pattern.compile("\"%([^\"]+)\"");
    private static final Pattern LINE = Pattern.compile("(?m)^([a-z][\\w.]*)=(.*)$");

    /** The constants behind each prefix that {@link Texts#of} is called with. */
    private static final Map<String, Class<? extends Enum<?>>> CONSTANTS =
            Map.ofEntries(
                    Map.entry("job.title.backup", JobState.class),
                    Map.entry("job.title.restore", JobState.class),
                    Map.entry("job.title.look", JobState.class),
                    Map.entry("job.state", JobState.class),
                    Map.entry("page", dev.sluice.ui.shell.Page.class),
                    Map.entry("strip.look", dev.sluice.ui.running.StripStep.Look.class),
                    Map.entry("job.source", JobSnapshot.EstimateSource.class),
                    Map.entry("drain.phase", DrainStep.Phase.class),
                    Map.entry("drain.status", DrainStep.Status.class),
                    Map.entry("device.state", JobSnapshot.DeviceState.class),
                    Map.entry("buffers.holder", DeviceSetObservation.Holder.class),
                    Map.entry("databases.state", DatabaseInfo.State.class),
                    Map.entry("server.encryption", dev.sluice.sql.mssql.Encryption.class),
                    Map.entry("server.login", dev.sluice.sql.mssql.LoginKind.class),
                    Map.entry("home.state", BackupHealth.State.class),
                    Map.entry("home.count", BackupHealth.State.class),
                    Map.entry("home.server", dev.sluice.ui.home.ServerAnswer.State.class),
                    Map.entry("home.outcome", RunRecord.Outcome.class),
                    Map.entry("folder", FolderCheck.Finding.class),
                    Map.entry("sets.state", SetRow.State.class),
                    Map.entry("sets.about", SetRow.State.class),
                    Map.entry("doctor.state", Check.State.class),
                    Map.entry("doctor.meaning", Check.State.class),
                    Map.entry("settings.theme", Settings.Theme.class),
                    Map.entry("history.outcome", RunRecord.Outcome.class),
                    Map.entry("history.filter", OutcomeFilter.class),
                    Map.entry("history.period", Period.class),
                    Map.entry("history.kind", JobKind.class),
                    Map.entry("history.title", JobKind.class));

    /** Constants that views do not see. */
    private static final Map<String, List<String>> HIDDEN_CONSTANTS =
            Map.of(
                    "job.bottleneck",
                    List.of("UNKNOWN", "SERVER", "DISK", "DIGESTS", "RATE_LIMIT"),
                    "devices.waits",
                    List.of("SERVER", "DISK", "DIGESTS", "RATE_LIMIT"));

    @Test
    void everyTextThatIsAskedForExists() throws IOException {
        Set<String> missing = new TreeSet<>(used());
        missing.removeAll(Texts.load().bundle().keySet());
        assertThat(missing).as("add these to strings.properties").isEmpty();
    }

    @Test
    void everyTextIsAskedFor() throws IOException {
        Set<String> unused = new TreeSet<>(Texts.load().bundle().keySet());
        unused.removeAll(used());
        assertThat(unused).as("remove these from strings.properties").isEmpty();
    }

    @Test
    void noKeyStandsTwice() throws IOException {
        List<String> keys = new ArrayList<>();
        LINE.matcher(strings()).results().forEach(line -> keys.add(line.group(1)));
        assertThat(keys).as("keep one of each in strings.properties").doesNotHaveDuplicates();
    }

    @Test
    void quotesAreDoubledExactlyWhereArgumentsAre() throws IOException {
        List<String> odd = new ArrayList<>();
        LINE.matcher(strings())
                .results()
                .filter(
                        line -> {
                            String bare = line.group(2).replace("''", "");
                            boolean arguments = bare.contains("{0");
                            return arguments ? bare.contains("'") : line.group(2).contains("''");
                        })
                .forEach(line -> odd.add(line.group()));
        assertThat(odd).as("with {0} write '' for ', without it write '").isEmpty();
    }

    @Test
    void fxmlHoldsNoTextOfItsOwn() throws IOException {
        Pattern literal =
                Pattern.compile("(?:text|promptText|accessibleText|title)=\"(?!%)[^\"]+\"");
        List<String> found = new ArrayList<>();
        for (Path file : files(RESOURCES, ".fxml")) {
            literal.matcher(Files.readString(file))
                    .results()
                    .forEach(hit -> found.add(file.getFileName() + ": " + hit.group()));
        }
        assertThat(found).as("move these to strings.properties").isEmpty();
    }

    private static Set<String> used() throws IOException {
        Set<String> keys = new HashSet<>();
        for (Path file : files(JAVA, ".java")) {
            String source = Files.readString(file);
            GET.matcher(source).results().forEach(hit -> keys.add(hit.group(1)));
            OF.matcher(source).results().forEach(hit -> keys.addAll(constants(hit.group(1))));
        }
        for (Path file : files(RESOURCES, ".fxml")) {
            FXML.matcher(Files.readString(file)).results().forEach(hit -> keys.add(hit.group(1)));
        }
        return keys;
    }

    private static List<String> constants(String prefix) {
        Map<String, List<String>> known = new HashMap<>(HIDDEN_CONSTANTS);
        CONSTANTS.forEach(
                (key, type) ->
                        known.put(
                                key, Stream.of(type.getEnumConstants()).map(Enum::name).toList()));
        assertThat(known).as("tell this test which constants are behind it").containsKey(prefix);
        return known.getOrDefault(prefix, List.of()).stream()
                .map(name -> prefix + "." + name)
                .toList();
    }

    private static String strings() throws IOException {
        return Files.readString(RESOURCES.resolve("strings.properties"));
    }

    static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
