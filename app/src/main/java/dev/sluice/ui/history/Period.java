package dev.sluice.ui.history;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/** How far back the history is shown. */
public enum Period {
    /** All of it. */
    EVER(null),
    /** The last 24 hours. */
    DAY(Duration.ofDays(1)),
    /** The last 7 days. */
    WEEK(Duration.ofDays(7)),
    /** The last 30 days. */
    MONTH(Duration.ofDays(30)),
    /** The last 365 days. */
    YEAR(Duration.ofDays(365));

    private final @Nullable Duration length;

    Period(@Nullable Duration length) {
        this.length = length;
    }

    /** Whether something that started at a time is within the period that ends now. */
    boolean includes(Instant started, Instant now) {
        return length == null || !started.isBefore(now.minus(length));
    }
}
