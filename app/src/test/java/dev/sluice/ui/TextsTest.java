package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.doctor.Check;
import dev.sluice.job.BackupHealth;
import dev.sluice.job.BufferUse;
import dev.sluice.job.CommandText;
import dev.sluice.job.DrainStep;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.RunRecord;
import dev.sluice.job.Settings;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.ui.backup.BackupOptionsModel;
import dev.sluice.ui.common.FolderCheck;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.history.OutcomeFilter;
import dev.sluice.ui.history.Period;
import dev.sluice.ui.sets.SetRow;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every text that is asked for exists, and every text that exists is asked for. */
class TextsTest extends TranslatedTexts {

    private static final Path JAVA = Path.of("src/main/java/dev/sluice/ui");
    private static final Path RESOURCES = Path.of("src/main/resources/dev/sluice/ui");
    private static final Pattern GET = Pattern.compile("texts\\s*\\.get\\(\\s*\"([^\"]+)\"");
    private static final Pattern OF = Pattern.compile("texts\\s*\\.of\\(\\s*\"([^\"]+)\"");
    private static final Pattern FXML = Pattern.compile("\"%([^\"]+)\"");

    /** A key that Alt leads with; the names of SQL Server's options have underscores, too. */
    private static final Pattern MNEMONIC = Pattern.compile("(?<!\\p{Lu}\\p{Lu})_(\\p{L})");

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
                    Map.entry("buffers.use", BufferUse.class),
                    Map.entry("databases.state", DatabaseInfo.State.class),
                    Map.entry("server.encryption", dev.sluice.sql.mssql.Encryption.class),
                    Map.entry("server.login", dev.sluice.sql.mssql.LoginKind.class),
                    Map.entry("home.state", BackupHealth.State.class),
                    Map.entry("home.count", BackupHealth.State.class),
                    Map.entry("home.server", dev.sluice.ui.home.ServerAnswer.State.class),
                    Map.entry("home.outcome", RunRecord.Outcome.class),
                    Map.entry("profiles.menu.command", CommandText.Shell.class),
                    Map.entry("profiles.menu.full", CommandText.Shell.class),
                    Map.entry("backup.about", BackupType.class),
                    Map.entry("backup.part", BackupOptionsModel.Part.class),
                    Map.entry("folder", FolderCheck.Finding.class),
                    Map.entry("sets.state", SetRow.State.class),
                    Map.entry("sets.about", SetRow.State.class),
                    Map.entry("restore.stop", dev.sluice.ui.restore.StopModel.Kind.class),
                    Map.entry("restore.type", dev.sluice.sql.BackupType.class),
                    Map.entry("type", dev.sluice.sql.BackupType.class),
                    Map.entry("restore.then", dev.sluice.ui.restore.TargetViewModel.After.class),
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
                    List.of("SERVER", "DISK", "DIGESTS", "RATE_LIMIT"),
                    "restore.why",
                    List.of("BEGINS", "PART", "SPARES", "GOES_ON", "STOPS", "SOUGHT", "AWAITED"),
                    // a verification counts when it has come to a verdict
                    "restore.verified",
                    List.of("GOOD", "DAMAGED"),
                    "restore.verdict",
                    List.of("GOOD", "DAMAGED"),
                    "verdict",
                    List.of("GOOD", "DAMAGED"));

    TextsTest() {
        super(RESOURCES, "strings");
    }

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

    @ParameterizedTest
    @MethodSource("languages")
    void everyKeyOfTheKeyboardLeadsToOnePlaceInItsView(String tag) throws IOException {
        Map<String, String> texts = texts(tag);
        Map<String, String> taken = new TreeMap<>();
        List<String> odd = new ArrayList<>();
        texts("en")
                .forEach(
                        (key, english) -> {
                            // two texts of one place
                            if (key.equals("backup.more.none") || !hasMnemonic(english)) {
                                return;
                            }
                            String view = key.substring(0, key.indexOf('.'));
                            String text = texts.getOrDefault(key, "");
                            Matcher letter = MNEMONIC.matcher(text);
                            if (!letter.find()) {
                                odd.add(key + " has none");
                                return;
                            }
                            String place = view + " " + letter.group(1).toLowerCase(Locale.ROOT);
                            String other = taken.put(place, key);
                            if (other != null) {
                                odd.add("%s: %s and %s".formatted(place, other, key));
                            }
                        });
        assertThat(taken).isNotEmpty();
        assertThat(odd).isEmpty();
    }

    private static boolean hasMnemonic(String text) {
        return MNEMONIC.matcher(text).find();
    }

    @Test
    void numbersAndPluralsAreThoseOfTheLanguage() {
        assertThat(Texts.load("en").get("home.server.ANSWERED", 1)).isEqualTo("1 database");
        assertThat(Texts.load("en").get("home.server.ANSWERED", 1234)).isEqualTo("1,234 databases");
        assertThat(Texts.load("en").get("home.server.ANSWERED", 0)).isEqualTo("no databases");
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

    static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
