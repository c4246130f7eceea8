package dev.sluice.media.mtf;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDateTime;

/**
 * A date on tape: 5 bytes, big-endian bit order, local time; all zero when unset.
 *
 * <pre>
 *  bits 39..26   25..22   21..17   16..12   11..6    5..0
 *       year     month    day      hour     minute   second
 * </pre>
 */
final class MtfDate {

    static final int SIZE = 5;

    private static final int SECOND = 0;
    private static final int MINUTE = SECOND + 6;
    private static final int HOUR = MINUTE + 6;
    private static final int DAY = HOUR + 5;
    private static final int MONTH = DAY + 5;
    private static final int YEAR = MONTH + 4;
    private static final int MAX_YEAR = 0x3FFF;

    private MtfDate() {}

    static void put(ByteBuffer target, int at, @Nullable LocalDateTime date) {
        long bits = date == null ? 0 : bits(date);
        for (int i = 0; i < SIZE; i++) {
            target.put(at + i, (byte) (bits >>> (8 * (SIZE - 1 - i))));
        }
    }

    private static long bits(LocalDateTime date) {
        if (date.getYear() < 1 || date.getYear() > MAX_YEAR) {
            throw new IllegalArgumentException("no tape date has the year of " + date);
        }
        return ((long) date.getYear() << YEAR)
                | ((long) date.getMonthValue() << MONTH)
                | ((long) date.getDayOfMonth() << DAY)
                | ((long) date.getHour() << HOUR)
                | ((long) date.getMinute() << MINUTE)
                | ((long) date.getSecond() << SECOND);
    }

    /**
     * Null when unset.
     *
     * @throws DateTimeException when the bits are no date
     */
    static @Nullable LocalDateTime get(ByteBuffer source, int at) {
        long bits = 0;
        for (int i = 0; i < SIZE; i++) {
            bits = (bits << 8) | (source.get(at + i) & 0xFF);
        }
        if (bits == 0) {
            return null;
        }
        return LocalDateTime.of(
                field(bits, YEAR, 14),
                field(bits, MONTH, 4),
                field(bits, DAY, 5),
                field(bits, HOUR, 5),
                field(bits, MINUTE, 6),
                field(bits, SECOND, 6));
    }

    private static int field(long bits, int shift, int width) {
        return (int) (bits >>> shift) & ((1 << width) - 1);
    }
}
