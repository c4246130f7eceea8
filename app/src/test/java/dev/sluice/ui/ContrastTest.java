package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

import dev.sluice.job.BufferUse;
import dev.sluice.ui.common.Theme;

import javafx.scene.paint.Color;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The colours of both themes, computed from the tokens as the stylesheet uses them. */
class ContrastTest {

    private static final Path STYLES = Path.of("src/main/resources/dev/sluice/ui");
    private static final Pattern DEFINITION =
            Pattern.compile("(-(?:sluice|color)-[\\w-]+):\\s*([^;]+);");
    private static final String NAME = "(-(?:sluice|color)-[\\w-]+)";

    /** What texts and icons stand on wherever nothing else is said. */
    private static final List<String> SURFACES =
            List.of("-sluice-page-bg", "-sluice-card-bg", "-sluice-sidebar-bg");

    @Test
    void blackOnWhiteIsTheMost() {
        assertThat(Contrast.of(Color.BLACK, Color.WHITE)).isEqualTo(21, within(0.01));
        assertThat(Contrast.of(Color.WHITE, Color.WHITE)).isEqualTo(1);
        // an example of WCAG's own: #777 on white just fails
        assertThat(Contrast.of(Color.web("#777777"), Color.WHITE)).isEqualTo(4.48, within(0.01));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void everyTextStandsOut(Theme theme) throws IOException {
        Map<String, Color> tokens = tokens(theme);
        List<String> faint = new ArrayList<>();
        Set<String> texts = used("-fx-text-fill");
        assertThat(texts).contains("-sluice-quiet", "-color-fg-default");
        for (String text : texts) {
            check(text, surfaces(text, tokens), Contrast.OF_TEXT, tokens, faint);
        }
        // plain and quiet texts stand on every tinted card too
        List<String> tinted = tokens.keySet().stream().filter(ContrastTest::isTint).toList();
        assertThat(tinted).contains("-sluice-bad-bg");
        check("-color-fg-default", tinted, Contrast.OF_TEXT, tokens, faint);
        check("-sluice-quiet", tinted, Contrast.OF_TEXT, tokens, faint);
        for (String button : List.of("-color-accent-emphasis", "-color-danger-emphasis")) {
            check("-color-fg-emphasis", List.of(button), Contrast.OF_TEXT, tokens, faint);
        }
        assertThat(faint).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void everyIconAndPartOfAChartStandsOut(Theme theme) throws IOException {
        Map<String, Color> tokens = tokens(theme);
        List<String> faint = new ArrayList<>();
        for (String icon : used("-fx-icon-color")) {
            check(icon, surfaces(icon, tokens), Contrast.OF_SHAPES, tokens, faint);
        }
        for (BufferUse use : BufferUse.values()) {
            // what is free may stand back
            if (use == BufferUse.FREE) {
                continue;
            }
            String name = "-sluice-buffer-" + use.name().toLowerCase(Locale.ROOT);
            List<String> around = List.of("-sluice-card-bg", "-sluice-buffer-mark");
            check(name, around, Contrast.OF_SHAPES, tokens, faint);
        }
        assertThat(faint).isEmpty();
    }

    private static boolean isTint(String token) {
        return token.startsWith("-sluice-") && token.endsWith("-bg");
    }

    private static List<String> surfaces(String token, Map<String, Color> tokens) {
        List<String> surfaces = new ArrayList<>(SURFACES);
        if (tokens.containsKey(token + "-bg")) {
            surfaces.add(token + "-bg");
        }
        return surfaces;
    }

    private static void check(
            String token,
            List<String> surfaces,
            double least,
            Map<String, Color> tokens,
            List<String> faint) {
        for (String surface : surfaces) {
            double contrast = Contrast.of(color(token, tokens), color(surface, tokens));
            if (contrast < least) {
                faint.add("%.2f: %s on %s".formatted(contrast, token, surface));
            }
        }
    }

    private static Color color(String token, Map<String, Color> tokens) {
        return Objects.requireNonNull(tokens.get(token), token);
    }

    /** The tokens that the stylesheet uses for something, also by way of other names. */
    private static Set<String> used(String property) throws IOException {
        String sheet = Files.readString(STYLES.resolve("sluice.css"));
        Map<String, Set<String>> aliases =
                DEFINITION
                        .matcher(sheet)
                        .results()
                        .collect(
                                Collectors.groupingBy(
                                        hit -> hit.group(1),
                                        Collectors.mapping(
                                                hit -> hit.group(2), Collectors.toSet())));
        Set<String> used = new TreeSet<>();
        Pattern.compile(property + ":\\s*" + NAME)
                .matcher(sheet)
                .results()
                .map(hit -> hit.group(1))
                .forEach(name -> used.addAll(aliases.getOrDefault(name, Set.of(name))));
        return used;
    }

    /** The base theme's colours and our own. */
    private static Map<String, Color> tokens(Theme theme) throws IOException {
        boolean light = theme == Theme.LIGHT;
        Map<String, String> texts = new HashMap<>();
        String base =
                light
                        ? new PrimerLight().getUserAgentStylesheet()
                        : new PrimerDark().getUserAgentStylesheet();
        try (InputStream sheet = PrimerLight.class.getResourceAsStream(base)) {
            read(new String(sheet.readAllBytes(), StandardCharsets.UTF_8), texts);
        }
        read(
                Files.readString(STYLES.resolve(light ? "tokens-light.css" : "tokens-dark.css")),
                texts);
        Map<String, Color> colours = new HashMap<>();
        texts.forEach((name, value) -> colours.put(name, Color.web(value)));
        return colours;
    }

    private static void read(String sheet, Map<String, String> into) {
        String root = sheet.substring(sheet.indexOf(".root {"), sheet.indexOf('}'));
        for (MatchResult hit : DEFINITION.matcher(root).results().toList()) {
            into.put(hit.group(1), hit.group(2).strip());
        }
    }
}
