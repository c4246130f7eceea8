package dev.sluice.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.job.JobEvent;
import dev.sluice.ui.TranslatedTexts;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.running.LogLine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is told has words in every language, and every sentence is told somewhere. */
class ToldTest extends TranslatedTexts {

    private static final Pattern TOLD = Pattern.compile("Told\\s*\\.of\\(\\s*\"([^\"]+)\"");

    /** A row of a table, of which the cause is told, and what to do. */
    private static final Pattern ROW = Pattern.compile("\"(advice\\.\\w+)\"");

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

    /** What English can say of a row of the history, every language can. */
    @ParameterizedTest
    @MethodSource("languages")
    void everyTranslationNeedsTheNumbersThatEnglishNeeds(String tag) throws IOException {
        Map<String, String> english = texts("en");
        texts(tag)
                .forEach(
                        (key, text) ->
                                assertThat(numbers(text))
                                        .as(key)
                                        .isEqualTo(numbers(english.getOrDefault(key, ""))));
    }

    private static Set<String> told() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String code = Files.readString(file);
                TOLD.matcher(code).results().forEach(hit -> keys.add(hit.group(1)));
                ROW.matcher(code)
                        .results()
                        .map(hit -> hit.group(1))
                        .forEach(row -> keys.addAll(List.of(row + ".cause", row + ".do")));
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
        assertThat(Told.of("drain.returned", 1024, 2048).english())
                .isEqualTo("1024 of 2048 buffers returned");
        assertThat(Told.of("note.logRemains", "/backups", 1024, new Told.Bytes(1)).english())
                .contains("1024 files");
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

    @Test
    void amountsThatAreComparedAreToldToTheByte() {
        long gib = 1L << 30;
        Told lack =
                Told.of(
                        "volume.lacks",
                        new Told.Bytes(2 * gib + 1),
                        "/data",
                        new Told.Bytes(2 * gib));
        assertThat(lack.english())
                .isEqualTo(
                        "the restored files need 2,147,483,649 bytes on the volume /data, which has"
                                + " 2,147,483,648 bytes free");
        Texts german = Texts.load("de");
        Locale.setDefault(german.locale());
        assertThat(german.tell(lack))
                .contains("2,0 GiB (2.147.483.649 Bytes)", "2,0 GiB (2.147.483.648 Bytes)");
        assertThat(
                        german.tell(
                                Told.of(
                                        "volume.lacks",
                                        new Told.Bytes(700),
                                        "/data",
                                        new Told.Bytes(0))))
                .contains("700 B ", "0 B ");
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
    void theLogOfAJobIsInTheWindowsLanguageAndInTheProgramsLogInEnglish() {
        JobEvent event =
                new JobEvent(
                        Instant.EPOCH,
                        JobEvent.Level.INFO,
                        Told.of("log.stopAsked", Told.of("by.user"), Told.of("log.stop.accepted")));
        assertThat(event.text()).isEqualTo("A stop was asked for by the user: ACCEPTED");
        assertThat(LogLine.of(event, Texts.load("de")).text())
                .isEqualTo("Der Abbruch wurde verlangt durch den Benutzer: angenommen");
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
