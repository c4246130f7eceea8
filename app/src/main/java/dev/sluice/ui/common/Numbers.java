package dev.sluice.ui.common;

import java.math.BigDecimal;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Numbers as people type them into a form. */
public final class Numbers {

    private static final BigDecimal MIB = BigDecimal.valueOf(1L << 20);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Numbers() {}

    /** A whole number in a range; empty for anything else. */
    public static OptionalInt whole(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text.strip());
            return number >= least && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Bytes, from a positive number of MiB that may have a fraction; empty for anything else. */
    public static OptionalLong mebibytes(String text) {
        try {
            BigDecimal bytes = new BigDecimal(text.strip()).multiply(MIB);
            boolean fits = bytes.compareTo(BigDecimal.ONE) >= 0 && bytes.compareTo(MOST) <= 0;
            return fits ? OptionalLong.of(bytes.longValue()) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Bytes as a number of MiB, the way {@link #mebibytes} reads it. */
    public static String toMebibytes(long bytes) {
        return BigDecimal.valueOf(bytes).divide(MIB).stripTrailingZeros().toPlainString();
    }
}
