package dev.sluice.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers in the words of the command line; the same in every locale. */
final class Text {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Text() {}

    /** A moment in the machine's time zone. */
    static String moment(Instant moment) {
        return MOMENT.format(moment.atZone(ZoneId.systemDefault()));
    }

    /** A number of bytes with a binary unit, such as {@code 3.2 MiB}. */
    static String bytes(long bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String form = unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, form, value, UNITS[unit]);
    }

    /** Bytes per second with a binary unit. */
    static String rate(double bytesPerSecond) {
        return bytes(Math.round(bytesPerSecond)) + "/s";
    }

    /** A span of time, such as {@code 0.4 s}, {@code 2 min 05 s} or {@code 3 h 07 min}. */
    static String duration(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 60) {
            long tenths = span.toMillis() / 100;
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }

    /** A span of time to expect: whole seconds at most, never none. */
    static String roughly(Duration span) {
        long seconds = Math.max(1, (span.toMillis() + 999) / 1000);
        return seconds < 60 ? seconds + " s" : duration(Duration.ofSeconds(seconds));
    }

    /** A count with its noun, such as {@code 1 device} or {@code 4 devices}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
