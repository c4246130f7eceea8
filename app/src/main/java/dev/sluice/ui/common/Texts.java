package dev.sluice.ui.common;

import com.ibm.icu.text.MessageFormat;

import dev.sluice.words.Told;
import dev.sluice.words.Wording;

import org.jspecify.annotations.Nullable;

import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The texts of the window, from {@code strings.properties} and its translations. Any thread.
 *
 * <p>What comes from the server stays as it is. What else the engine tells is a {@link Told}, and
 * its words are made here; what a library or the operating system says within stays as it is.
 */
public final class Texts {

    private static final String BUNDLE = "dev.sluice.ui.strings";
    private static final String ENGLISH = "en";
    private static final List<String> TRANSLATIONS = List.of("de", "fr", "it", "es", "ru");

    private final ResourceBundle bundle;
    private final Locale locale;
    private final Wording wording;
    private final Map<String, MessageFormat> formats = new ConcurrentHashMap<>();

    private Texts(Locale language, Locale locale) {
        this.bundle = ResourceBundle.getBundle(BUNDLE, language);
        this.locale = locale;
        this.wording =
                new Wording(
                        language,
                        rules(),
                        Formats::bytes,
                        bytes -> Formats.exactly(this, bytes),
                        Formats::bytes,
                        Formats::shortSpan);
    }

    /** The texts in the language of the system, where there is one; else in English. */
    public static Texts load() {
        return load("");
    }

    /**
     * The texts in a language.
     *
     * @param tag one of {@link #languages()}; empty for the language of the system
     */
    public static Texts load(String tag) {
        Locale system = Locale.getDefault();
        if (tag.isEmpty() || tag.equals(system.getLanguage())) {
            // with the system's country, so that dates and numbers are written as usual there
            return new Texts(isThere(system.getLanguage()) ? system : Locale.ROOT, system);
        }
        // English has no file of its own, and must not become the language of the system
        Locale locale = Locale.forLanguageTag(tag);
        return new Texts(tag.equals(ENGLISH) ? Locale.ROOT : locale, locale);
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

    /** How numbers and dates are written beside these texts. */
    public Locale locale() {
        return locale;
    }

    /** A text, with {@code {0}}, {@code {1}} … replaced by the arguments. */
    public String get(String key, Object... arguments) {
        if (arguments.length == 0) {
            return bundle.getString(key);
        }
        MessageFormat format =
                formats.computeIfAbsent(
                        key, found -> new MessageFormat(bundle.getString(found), rules()));
        synchronized (format) {
            return format.format(arguments);
        }
    }

    /** Plurals go with the language of the texts, which may not be the system's. */
    private Locale rules() {
        boolean isEnglish = bundle.getLocale().equals(Locale.ROOT);
        return isEnglish && !locale.getLanguage().equals(ENGLISH) ? Locale.ENGLISH : locale;
    }

    /** Several things that the engine tells, each on a line of its own. */
    public String tell(List<Told> told) {
        return tell(Told.lines(told));
    }

    /** What the engine tells, in words; empty for nothing. */
    public String tell(@Nullable Told told) {
        return told == null ? "" : wording.of(told);
    }

    /** What a failure tells, or at least what it is. */
    public String tell(Exception failure) {
        if (failure instanceof FileSystemException of && of.getFile() != null) {
            return FileFailures.inWords(of, of.getFile(), this);
        }
        String told = tell(Told.of(failure));
        return failure.getMessage() == null || told.isBlank() ? failure.toString() : told;
    }

    /** The text of a constant, {@code prefix.NAME}, with its arguments. */
    public String of(String prefix, Enum<?> constant, Object... arguments) {
        return get(prefix + "." + constant.name(), arguments);
    }
}
