package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.MessagePattern.ArgType;
import com.ibm.icu.text.PluralRules;

import dev.sluice.ui.common.Texts;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What must hold of texts and their translations, wherever they are. */
public abstract class TranslatedTexts {

    private static final Pattern LINE = Pattern.compile("(?m)^([a-z][\\w.]*)=(.*)$");

    private final Path folder;
    private final String name;

    /**
     * @param name of the file with the English texts, without its extension
     */
    protected TranslatedTexts(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    @ParameterizedTest
    @MethodSource("languages")
    void noKeyStandsTwice(String tag) throws IOException {
        assertThat(keys(tag)).as("keep one of each").doesNotHaveDuplicates();
    }

    /** A quote before a brace would make it a part of the text. */
    @ParameterizedTest
    @MethodSource("languages")
    void noQuoteIsDoubledOrStandsBesideABrace(String tag) throws IOException {
        List<String> odd = new ArrayList<>();
        LINE.matcher(strings(tag))
                .results()
                .map(line -> line.group(2))
                .filter(text -> Pattern.compile("'['{}]").matcher(text).find())
                .forEach(odd::add);
        assertThat(odd).as("write one \u2019 instead").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyTextIsTranslated(String tag) throws IOException {
        assertThat(keys(tag)).containsExactlyInAnyOrderElementsOf(keys("en"));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyTranslationSaysWhatTheTextSays(String tag) throws IOException {
        Map<String, String> english = texts("en");
        List<String> odd = new ArrayList<>();
        texts(tag)
                .forEach(
                        (key, text) -> {
                            String original = english.getOrDefault(key, "");
                            Set<String> wanted = arguments(original);
                            if (!arguments(text).equals(wanted)) {
                                odd.add("%s: %s, not %s".formatted(key, arguments(text), wanted));
                            }
                            Set<Choice> selects = selects(original);
                            if (!selects(text).equals(selects)) {
                                odd.add("%s: not %s".formatted(key, selects));
                            }
                            boolean isBlank = text.isBlank() != original.isBlank();
                            if (isBlank || !text.strip().equals(text)) {
                                odd.add(key + ": blank, or blanks around it");
                            }
                        });
        assertThat(odd).isEmpty();
    }

    /** Such as "1 set", "2 sets"; Russian has three forms. */
    @ParameterizedTest
    @MethodSource("languages")
    void everyPluralHasTheFormsOfItsLanguage(String tag) throws IOException {
        // the forms for millions, which no count here reaches, may be left out
        Set<String> forms = new TreeSet<>(PluralRules.forLocale(Locale.of(tag)).getKeywords());
        if (!tag.equals("ru")) {
            forms.remove("many");
        }
        List<String> odd = new ArrayList<>();
        texts(tag)
                .forEach(
                        (key, text) -> {
                            for (Choice choice : choices(text)) {
                                Set<String> plural = choice.selectors();
                                // what is the same for all numbers, or for all but none, has one
                                // form
                                boolean isComplete =
                                        choice.type() != ArgType.PLURAL
                                                || plural.containsAll(forms)
                                                || plural.equals(Set.of("=0", "other"))
                                                || plural.equals(Set.of("=1", "other"));
                                if (!isComplete) {
                                    odd.add("%s: %s, not %s".formatted(key, plural, forms));
                                }
                            }
                        });
        assertThat(odd).isEmpty();
    }

    private static Set<String> arguments(String text) {
        return new TreeSet<>(new MessageFormat(text).getArgumentNames());
    }

    /**
     * An argument that decides on the words.
     *
     * @param selectors what it is compared with
     */
    private record Choice(String argument, ArgType type, Set<String> selectors) {}

    private static Set<Choice> selects(String text) {
        return choices(text).stream()
                .filter(choice -> choice.type() == ArgType.SELECT)
                .collect(Collectors.toSet());
    }

    /** The arguments of a text that must be numbers. */
    protected static final Set<String> numbers(String text) {
        return choices(text).stream()
                .filter(choice -> choice.type() == ArgType.PLURAL)
                .map(Choice::argument)
                .collect(Collectors.toSet());
    }

    private static List<Choice> choices(String text) {
        MessagePattern pattern = new MessagePattern(text);
        List<Choice> choices = new ArrayList<>();
        Deque<Choice> open = new ArrayDeque<>();
        for (int i = 0; i < pattern.countParts(); i++) {
            MessagePattern.Part part = pattern.getPart(i);
            switch (part.getType()) {
                case ARG_START -> {
                    String name = pattern.getSubstring(pattern.getPart(i + 1));
                    open.push(new Choice(name, part.getArgType(), new TreeSet<>()));
                }
                case ARG_SELECTOR -> open.element().selectors().add(pattern.getSubstring(part));
                case ARG_LIMIT -> {
                    Choice choice = open.pop();
                    if (!choice.selectors().isEmpty()) {
                        choices.add(choice);
                    }
                }
                default -> {
                    // the words
                }
            }
        }
        return choices;
    }

    static List<String> languages() {
        return Texts.languages();
    }

    /** The keys of a language, in the order of its file. */
    protected final List<String> keys(String tag) throws IOException {
        return LINE.matcher(strings(tag)).results().map(line -> line.group(1)).toList();
    }

    /** The texts of a language by their keys. */
    protected final Map<String, String> texts(String tag) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        LINE.matcher(strings(tag))
                .results()
                .forEach(line -> texts.put(line.group(1), line.group(2)));
        return texts;
    }

    private String strings(String tag) throws IOException {
        String file = tag.equals("en") ? name : name + "_" + tag;
        return Files.readString(folder.resolve(file + ".properties"));
    }
}
