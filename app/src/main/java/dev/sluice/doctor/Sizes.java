package dev.sluice.doctor;

import java.util.Locale;

/** Numbers of bytes in words; the same in every locale. */
final class Sizes {

    private static final long MEBIBYTE = 1L << 20;

    private Sizes() {}

    /** Such as {@code 64 MiB} or {@code 2.1 GiB}. */
    static String of(long bytes) {
        return bytes < 1024 * MEBIBYTE
                ? (bytes + MEBIBYTE - 1) / MEBIBYTE + " MiB"
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (1024.0 * MEBIBYTE));
    }
}
