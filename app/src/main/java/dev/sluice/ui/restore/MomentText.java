package dev.sluice.ui.restore;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** Moments as people type them. */
final class MomentText {

    private static final DateTimeFormatter WHOLE = format("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter DAY_AND_TIME = format("uuuu-MM-dd H:mm[:ss]");
    private static final DateTimeFormatter TIME = format("H:mm[:ss]");

    private MomentText() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** A moment, the way {@link #read} reads it. */
    static String write(LocalDateTime moment) {
        return WHOLE.format(moment);
    }

    /**
     * Reads a day and a time, or a time alone; seconds may be left out.
     *
     * @param day of a time alone
     */
    static Optional<LocalDateTime> read(String text, LocalDate day) {
        String plain = text.strip().replace('T', ' ').replaceAll("\\s+", " ");
        try {
            return Optional.of(
                    plain.contains(" ")
                            ? LocalDateTime.parse(plain, DAY_AND_TIME)
                            : day.atTime(LocalTime.parse(plain, TIME)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
