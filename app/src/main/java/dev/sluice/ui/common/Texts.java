package dev.sluice.ui.common;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/** The texts of the window, from {@code strings.properties}. Immutable. */
public final class Texts {

    private static final String BUNDLE = "dev.sluice.ui.strings";
    private static final String ENGLISH = "en";
    private static final List<String> TRANSLATIONS = List.of("de", "fr", "it", "es", "ru");

    private final ResourceBundle bundle;

    private Texts(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /** The texts in the language of the system, where there is one; else in English. */
    public static Texts load() {
        return new Texts(ResourceBundle.getBundle(BUNDLE));
    }

    /**
     * The texts in a language.
     *
     * @param tag one of {@link #languages()}; empty for the language of the system
     */
    public static Texts load(String tag) {
        if (tag.isEmpty()) {
            return load();
        }
        // English has no file of its own, and must not become the language of the system
        Locale locale = tag.equals(ENGLISH) ? Locale.ROOT : Locale.forLanguageTag(tag);
        return new Texts(ResourceBundle.getBundle(BUNDLE, locale));
    }

    /** The tags of the languages there are texts in. */
    public static List<String> languages() {
        return Stream.concat(Stream.of(ENGLISH), TRANSLATIONS.stream().filter(Texts::isThere))
                .toList();
    }

    private static boolean isThere(String tag) {
        return Texts.class.getResource("/dev/sluice/ui/strings_" + tag + ".properties") != null;
    }

    /** The bundle itself, for FXML. */
    public ResourceBundle bundle() {
        return bundle;
    }

    /** A text, with {@code {0}}, {@code {1}} … replaced by the arguments. */
    public String get(String key, Object... arguments) {
        String text = bundle.getString(key);
        return arguments.length == 0 ? text : new MessageFormat(text, Locale.US).format(arguments);
    }

    /** The text of a constant, {@code prefix.NAME}, with its arguments. */
    public String of(String prefix, Enum<?> constant, Object... arguments) {
        return get(prefix + "." + constant.name(), arguments);
    }
}
