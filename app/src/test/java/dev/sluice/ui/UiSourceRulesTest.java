package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.paint.Color;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Thin controllers, view models without windows, colours as tokens. */
class UiSourceRulesTest {

    private static final Path JAVA = Path.of("src/main/java/dev/sluice/ui");
    private static final Path RESOURCES = Path.of("src/main/resources/dev/sluice/ui");
    private static final int LONGEST_HANDLER = 5;

    @Test
    void viewModelsImportOnlyBeansAndCollectionsOfJavaFx() throws IOException {
        Pattern windows = Pattern.compile("import javafx\\.(?!beans|collections)[\\w.]+;");
        List<String> found = new ArrayList<>();
        for (Path file : TextsTest.files(JAVA, "Model.java")) {
            windows.matcher(Files.readString(file))
                    .results()
                    .forEach(hit -> found.add(file.getFileName() + ": " + hit.group()));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void handlersAreFiveLinesAtMost() throws IOException {
        Pattern handler =
                Pattern.compile(
                        "@FXML\\s+void (\\w+)\\([^)]*\\) \\{\\n(.*?)\\n    }", Pattern.DOTALL);
        List<String> found = new ArrayList<>();
        for (Path file : TextsTest.files(JAVA, "Controller.java")) {
            handler.matcher(Files.readString(file))
                    .results()
                    .filter(hit -> !hit.group(1).equals("initialize"))
                    .filter(hit -> hit.group(2).lines().count() > LONGEST_HANDLER)
                    .forEach(hit -> found.add(file.getFileName() + ": " + hit.group(1)));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void coloursAreTokensInTheRootsOfTwoFiles() throws IOException {
        Pattern hex =
                Pattern.compile(
                        "#[0-9a-fA-F]{3,8}\\b|rgba?\\(|[:,]\\s*(" + namesOfColours() + ")\\b(?!-)");
        List<String> found = new ArrayList<>();
        for (Path file : TextsTest.files(RESOURCES, ".css")) {
            String rest = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "");
            if (file.getFileName().toString().startsWith("tokens-")) {
                rest = rest.replaceFirst("(?s)\\.root \\{.*?}", "");
                assertThat(rest).as("only .root in %s", file).isBlank();
            }
            hex.matcher(rest).results().forEach(hit -> found.add(file + ": " + hit.group()));
        }
        for (Path file : TextsTest.files(RESOURCES, ".fxml")) {
            assertThat(Files.readString(file)).as("%s", file).doesNotContain("style=\"");
        }
        assertThat(found).isEmpty();
    }

    private static String namesOfColours() {
        return Stream.of(Color.class.getFields())
                .filter(field -> field.getType() == Color.class)
                .map(field -> field.getName().toLowerCase(Locale.ROOT))
                .filter(name -> !name.equals("transparent"))
                .collect(Collectors.joining("|"));
    }

    @Test
    void codeHasNoColoursAndNoTexts() throws IOException {
        Pattern literal =
                Pattern.compile(
                        "Color\\.(?!TRANSPARENT\\b)\\w+"
                                + "|\\.set\\w*(?:Text|Title|Help)\\(\\s*\"[^\"]*\\p{L}|new"
                                + " (?:Label|Text|Tooltip|Tab|Menu|MenuItem|Hyperlink|\\w*Button"
                                + "|CheckBox)\\(\\s*\"[^\"]*\\p{L}");
        List<String> found = new ArrayList<>();
        for (Path file : TextsTest.files(JAVA, ".java")) {
            literal.matcher(Files.readString(file))
                    .results()
                    .forEach(hit -> found.add(file.getFileName() + ": " + hit.group()));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void bothThemesHaveTheSameTokensAndTheStructureUsesThemAll() throws IOException {
        Set<String> light = tokens("tokens-light.css");
        assertThat(tokens("tokens-dark.css")).isEqualTo(light);
        String structure = Files.readString(RESOURCES.resolve("sluice.css"));
        assertThat(light).allMatch(structure::contains);
    }

    @Test
    void everyTokenTheStructureUsesExists() throws IOException {
        Set<String> known = tokens("tokens-light.css");
        String structure = Files.readString(RESOURCES.resolve("sluice.css"));
        Set<String> local = names(structure, "(-sluice-[\\w-]+):");
        assertThat(names(structure, ":[^;]*?(-sluice-[\\w-]+)"))
                .allMatch(name -> known.contains(name) || local.contains(name));
    }

    private static Set<String> tokens(String file) throws IOException {
        return names(Files.readString(RESOURCES.resolve(file)), "(-sluice-[\\w-]+):");
    }

    private static Set<String> names(String text, String regex) {
        Set<String> names = new HashSet<>();
        Pattern.compile(regex).matcher(text).results().map(hit -> group(hit)).forEach(names::add);
        return names;
    }

    private static String group(MatchResult hit) {
        return hit.group(1);
    }
}
