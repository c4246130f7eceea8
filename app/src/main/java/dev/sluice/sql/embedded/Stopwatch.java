package dev.sluice.sql.embedded;

/** How long a statement took, for its last message. */
final class Stopwatch {

    private final long start = System.nanoTime();

    /** Milliseconds so far, at least 1. */
    long millis() {
        return Math.max(1, (System.nanoTime() - start) / 1_000_000);
    }
}
