package dev.sluice.ui.common;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * Numbers and dates as the window shows them: always the same width for the same magnitude, written
 * as the default locale does, which {@link Texts#locale} is once the window is open.
 */
public final class Formats {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    /** What is rounded to this needs no decimal to have three digits. */
    private static final double SHORT = 99.95;

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM);
    private static final DateTimeFormatter DATE_AND_MINUTE =
            DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private Formats() {}

    /** A size in binary units, such as {@code 1.5 GiB}. */
    public static String bytes(long bytes) {
        return size((double) bytes);
    }

    /** A size for a narrow column, with three digits or, up to the next unit, four. */
    public static String bytesInShort(long bytes) {
        return size((double) bytes, SHORT);
    }

    /** A size that others are compared with, such as {@code 1.5 GiB (1,610,612,736 bytes)}. */
    static String exactly(Texts texts, long bytes) {
        String size = bytes(bytes);
        return bytes < 1024 ? size : texts.get("size.exact", size, bytes);
    }

    private static String size(double bytes) {
        return size(bytes, Double.MAX_VALUE);
    }

    private static String size(double bytes, double fromHereOnWhole) {
        double value = bytes;
        int unit = 0;
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String form = unit == 0 || value >= fromHereOnWhole ? "%.0f %s" : "%.1f %s";
        return String.format(form, value, UNITS[unit]);
    }

    /** A rate, such as {@code 120.4 MiB/s}. */
    public static String rate(double bytesPerSecond) {
        return size(bytesPerSecond) + "/s";
    }

    /** A rate for a narrow column, as {@link #bytesInShort} has sizes. */
    public static String rateInShort(double bytesPerSecond) {
        return size(bytesPerSecond, SHORT) + "/s";
    }

    /** A span such as {@code 0:07}, {@code 12:30} or {@code 1:02:03}. */
    public static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        long hours = seconds / 3600;
        return hours == 0
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(hours, seconds / 60 % 60, seconds % 60);
    }

    /** A short span, such as {@code 4 ms} or {@code 1.4 s}. */
    public static String shortSpan(Duration span) {
        long millis = span.toMillis();
        return millis < 1000 ? millis + " ms" : String.format("%.1f s", millis / 1000.0);
    }

    /** A whole percentage, rounded down so that 100 means all of it; input from 0 to 1. */
    public static String percent(double fraction) {
        return NumberFormat.getPercentInstance().format(Math.floor(fraction * 100 + 1e-9) / 100);
    }

    /** Date and time in the zone of the system. */
    public static String dateTime(Instant instant) {
        return localized(DATE_TIME, instant);
    }

    /** Date and time without seconds in the zone of the system, for lists. */
    public static String dateAndMinute(Instant instant) {
        return localized(DATE_AND_MINUTE, instant);
    }

    private static String localized(DateTimeFormatter format, Instant instant) {
        return format.withLocale(Locale.getDefault())
                .format(instant.atZone(ZoneId.systemDefault()));
    }

    /** Time of day with milliseconds in the zone of the system, for a log. */
    public static String clock(Instant instant) {
        return CLOCK.format(instant.atZone(ZoneId.systemDefault()));
    }
}
