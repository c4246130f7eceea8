package dev.sluice.vdi.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.words.Said;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every code has words, and all words are said. */
class WordsTest {

    private static final Pattern SAID = Pattern.compile("Said\\s*\\.of\\(\\s*\"([^\"]+)\"\\s*[,)]");

    @Test
    void everyCodeAndEverySentenceHasWordsAndThereAreNoOthers() throws IOException {
        Set<String> keys = new TreeSet<>(sentences());
        codes().flatMap(code -> Stream.of(code.meaning(), code.likelyCause(), code.whatToDo()))
                .forEach(said -> addKey(said, keys));
        assertThat(Said.words(Locale.ROOT).keySet()).containsExactlyInAnyOrderElementsOf(keys);
    }

    private static Stream<CodeExplanation> codes() {
        return Stream.of(
                        Arrays.stream(VdiStatus.values()).map(VdiStatus::explanation),
                        Arrays.stream(ComStatus.values()).map(ComStatus::explanation),
                        Arrays.stream(CompletionCode.values()).map(CompletionCode::explanation),
                        CodeExplanations.AT_CALLS.entrySet().stream()
                                .flatMap(
                                        known ->
                                                known.getValue().stream()
                                                        .map(call -> at(known.getKey(), call))))
                .flatMap(codes -> codes);
    }

    private static CodeExplanation at(VdiStatus status, String call) {
        return CodeExplanations.ofHresult(status.hresult(), call);
    }

    private static void addKey(Said said, Set<String> keys) {
        if (said instanceof Said.Sentence sentence) {
            keys.add(sentence.key());
        }
    }

    private static Set<String> sentences() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                SAID.matcher(Files.readString(file))
                        .results()
                        .forEach(hit -> keys.add(hit.group(1)));
            }
        }
        return keys;
    }
}
