package dev.sluice.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people type them: {@code 512}, {@code 64K}, {@code 20M}, {@code 2G}; 1024 a step. */
final class ByteSize {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})([KMGT]?)");

    private ByteSize() {}

    /**
     * The number of bytes.
     *
     * @throws IllegalArgumentException for anything but a whole number with at most one unit letter
     */
    static long parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw odd(text);
        }
        int step = matcher.group(2).isEmpty() ? 0 : "KMGT".indexOf(matcher.group(2)) + 1;
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * step));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("\"" + text + "\" is larger than any disk", e);
        }
    }

    private static IllegalArgumentException odd(String text) {
        return new IllegalArgumentException(
                "\""
                        + text
                        + "\" is no size; give bytes, or a whole number with K, M or G (1024 a"
                        + " step), such as 512, 64K, 20M or 2G");
    }
}
