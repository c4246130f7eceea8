package dev.sluice.media.mtf;

/** Rounding to powers of two. */
final class Alignment {

    private Alignment() {}

    /**
     * @param unit a power of two
     */
    static long up(long value, int unit) {
        return (value + unit - 1) & -(long) unit;
    }
}
