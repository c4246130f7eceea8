package dev.sluice.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.ui.TranslatedTexts;
import dev.sluice.ui.common.Texts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is told has words in every language, and every sentence is told somewhere. */
class ToldTest extends TranslatedTexts {

    private static final Pattern TOLD = Pattern.compile("Told\\s*\\.of\\(\\s*\"([^\"]+)\"");
    private static final Locale BEFORE = Locale.getDefault();

    ToldTest() {
        super(Path.of("src/main/resources/dev/sluice/words"), "told");
    }

    @AfterEach
    void backToOurLanguage() {
        Locale.setDefault(BEFORE);
    }

    @Test
    void everySentenceHasWordsAndIsToldSomewhere() throws IOException {
        assertThat(keys("en")).containsExactlyInAnyOrderElementsOf(told());
    }

    private static Set<String> told() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                TOLD.matcher(Files.readString(file))
                        .results()
                        .forEach(hit -> keys.add(hit.group(1)));
            }
        }
        return keys;
    }

    @Test
    void logsAndTheCommandLineAreToldInEnglishOnEveryMachine() {
        Locale.setDefault(Locale.GERMANY);
        assertThat(complete().english())
                .isEqualTo(
                        "The log backup of \"Sales\" on prod to /backups is complete: 1,234,567"
                                + " bytes in 2 stripes, in /backups/set");
        assertThat(Told.of("drain.inIo", 2, Duration.ofMillis(1_340)).english())
                .isEqualTo("device 2 is in an I/O since 1.3 s");
    }

    @Test
    void theWindowTellsTheSameInItsOwnWordsAndNumbers() {
        Texts german = Texts.load("de");
        Locale.setDefault(german.locale());
        assertThat(german.tell(complete()))
                .isEqualTo(
                        "Die Protokollsicherung von „Sales“ auf prod nach /backups ist fertig:"
                                + " 1,2 MiB in 2 Stripes, in /backups/set");
        assertThat(
                        german.tell(
                                Told.of(
                                        "drain.returning",
                                        1,
                                        1024,
                                        Told.of("drain.inIo", 2, Duration.ofMillis(1_340)))))
                .isEqualTo(
                        "1 von 1.024 Puffern zurückgegeben; Gerät 2 ist seit 1,3 s in einer E/A");
    }

    private static Told complete() {
        return Told.of(
                "end.backup",
                Told.of("title.backup", dev.sluice.sql.BackupType.LOG, "Sales", "prod", "/backups"),
                new Told.Bytes(1_234_567),
                2,
                "/backups/set");
    }

    @Test
    void theWordsOfOthersAreTheSameInEveryLanguage() {
        String message = "Msg 3201: '{0}' {1,plural";
        assertThat(Texts.load("de").tell(Told.asIs(message))).isEqualTo(message);
        assertThat(Texts.load("de").tell(Told.of("why.server", message)))
                .isEqualTo("Der Server meldete: " + message);
    }

    @Test
    void nothingTakesNoLine() {
        assertThat(Told.lines(Told.NOTHING, Told.asIs("a"), Told.asIs(""), Told.asIs("b")))
                .isEqualTo(new Told.Joined("\n", List.of(Told.asIs("a"), Told.asIs("b"))));
        assertThat(Told.lines(Told.NOTHING, Told.asIs("a"))).isEqualTo(Told.asIs("a"));
        assertThat(Told.lines()).isEqualTo(Told.NOTHING);
    }

    @Test
    void aValueThatNoFileKeepsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Told.of("why.server", 1.5))
                .withMessageContaining("why.server");
    }
}
