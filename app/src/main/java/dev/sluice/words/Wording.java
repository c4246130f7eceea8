package dev.sluice.words;

import com.ibm.icu.text.MessageFormat;

import dev.sluice.vdi.words.Said;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Makes words of what is told, in one language: those of {@code told.properties} and its
 * translations, and those of the Virtual Device Interface. Any thread.
 */
public final class Wording {

    /** Of a server, as people type it and T-SQL has it, in every language. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final String BUNDLE = "dev.sluice.words.told";

    /** English with numbers to copy and to search for: 1024, not 1,024. */
    private static final Locale UNGROUPED = Locale.of("en", "US", "POSIX");

    /** For logs, files and the command line, the same on every machine. */
    static final Wording ENGLISH =
            new Wording(
                    Locale.ROOT,
                    UNGROUPED,
                    Wording::exactly,
                    Wording::exactly,
                    Wording::rounded,
                    span -> String.format(Locale.ENGLISH, "%.1f s", span.toMillis() / 1000.0));

    private final ResourceBundle bundle;
    private final ResourceBundle vdi;
    private final Locale rules;
    private final LongFunction<String> bytes;
    private final LongFunction<String> compared;
    private final LongFunction<String> rounded;
    private final Function<Duration, String> spans;
    private final Map<String, MessageFormat> formats = new ConcurrentHashMap<>();

    /**
     * @param language {@link Locale#ROOT} for English, or one there is a translation for
     * @param rules how numbers are written, and plurals made
     * @param bytes how an amount of data is written
     * @param compared the same where a sentence has several, which may differ by little
     * @param rounded the same where it need not be known to the byte
     * @param spans how short spans of time are written
     */
    public Wording(
            Locale language,
            Locale rules,
            LongFunction<String> bytes,
            LongFunction<String> compared,
            LongFunction<String> rounded,
            Function<Duration, String> spans) {
        this.bundle = ResourceBundle.getBundle(BUNDLE, language);
        this.vdi = Said.words(language);
        this.rules = rules;
        this.bytes = bytes;
        this.compared = compared;
        this.rounded = rounded;
        this.spans = spans;
    }

    /** The words. */
    public String of(Told told) {
        return switch (told) {
            case Told.AsIs(String text) -> text;
            case Told.Joined(String separator, List<Told> parts) ->
                    parts.stream().map(this::of).collect(Collectors.joining(separator));
            case Told.Sentence(String key, List<Object> values) ->
                    values.isEmpty() ? words(key) : filled(key, values);
        };
    }

    private boolean has(String key) {
        return bundle.containsKey(key) || vdi.containsKey(key);
    }

    private String words(String key) {
        return (bundle.containsKey(key) ? bundle : vdi).getString(key);
    }

    private String filled(String key, List<Object> values) {
        MessageFormat format =
                formats.computeIfAbsent(key, found -> new MessageFormat(words(found), rules));
        long amounts = values.stream().filter(Told.Bytes.class::isInstance).count();
        LongFunction<String> amount = amounts > 1 ? compared : bytes;
        Object[] written = values.stream().map(value -> written(value, amount)).toArray();
        synchronized (format) {
            return format.format(written);
        }
    }

    private Object written(Object value, LongFunction<String> amount) {
        return switch (value) {
            case Told told -> of(told);
            case Told.Bytes(long count) -> amount.apply(count);
            case Told.Rounded(long count) -> rounded.apply(count);
            case Duration span -> spans.apply(span);
            case LocalDateTime time -> TIME.format(time);
            default -> value;
        };
    }

    private static String exactly(long bytes) {
        return String.format(Locale.ENGLISH, "%,d bytes", bytes);
    }

    /** Such as {@code 64 MiB} or {@code 2.1 GiB}. */
    private static String rounded(long bytes) {
        long mebibyte = 1L << 20;
        return bytes < 1024 * mebibyte
                ? (bytes + mebibyte - 1) / mebibyte + " MiB"
                : String.format(Locale.ENGLISH, "%.1f GiB", bytes / (1024.0 * mebibyte));
    }

    /**
     * Whether there are words for all of it, and the values that they need: a newer version may
     * tell what this one cannot.
     */
    public static boolean knows(Told told) {
        return switch (told) {
            case Told.AsIs _ -> true;
            case Told.Joined(String _, List<Told> parts) -> parts.stream().allMatch(Wording::knows);
            case Told.Sentence(String key, List<Object> values) ->
                    values.stream().allMatch(value -> !(value instanceof Told part) || knows(part))
                            && ENGLISH.has(key)
                            && ENGLISH.takes(key, values);
        };
    }

    /** Translations have the same values and plurals. */
    private boolean takes(String key, List<Object> values) {
        Set<String> wanted = new MessageFormat(words(key), rules).getArgumentNames();
        try {
            filled(key, values);
        } catch (IllegalArgumentException _) {
            return false; // such as a text for a plural
        }
        return wanted.stream().allMatch(index -> Integer.parseInt(index) < values.size());
    }
}
