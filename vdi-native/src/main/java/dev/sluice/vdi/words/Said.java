package dev.sluice.vdi.words;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that is said to people: which sentence, and what stands in it, so that whoever shows it
 * can make the words of another language. As a string it is English. Immutable; equal when the same
 * is said.
 */
public sealed interface Said {

    /**
     * A sentence, or a part of one.
     *
     * @param key of its words in {@link #words}; stays the same in every version, as files keep it
     * @param values what stands for {@code {0}}, {@code {1}} …
     */
    record Sentence(String key, List<Said> values) implements Said {

        private static final Pattern VALUE = Pattern.compile("\\{(\\d+)}");
        private static final ResourceBundle ENGLISH = words(Locale.ROOT);

        /** Makes the list unmodifiable. */
        public Sentence {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return VALUE.matcher(ENGLISH.getString(key))
                    .replaceAll(
                            place -> {
                                Said value = values.get(Integer.parseInt(place.group(1)));
                                return Matcher.quoteReplacement(value.toString());
                            });
        }
    }

    /**
     * A name, a number, a command or somebody else's words: the same in every language.
     *
     * @param text may be empty
     */
    record AsIs(String text) implements Said {

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A sentence with these values.
     *
     * @param values what is said itself; of anything else, its text
     */
    static Said of(String key, Object... values) {
        return new Sentence(
                key,
                Arrays.stream(values)
                        .map(value -> value instanceof Said said ? said : asIs(value.toString()))
                        .toList());
    }

    /** A name, a number, a command or somebody else's words. */
    static Said asIs(String text) {
        return new AsIs(text);
    }

    /**
     * Several things in a row.
     *
     * @param parts at least one
     */
    static Said all(List<Said> parts) {
        return parts.stream().reduce((first, next) -> Said.of("also", first, next)).orElseThrow();
    }

    /**
     * The words of all sentences by their keys.
     *
     * @param language {@link Locale#ROOT} for English, or one there is a translation for
     */
    static ResourceBundle words(Locale language) {
        return ResourceBundle.getBundle("dev.sluice.vdi.words.said", language);
    }
}
