package dev.sluice.ui.restore;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Which part of a time line is seen, and how wide. Pure arithmetic.
 *
 * @param from the moment at its left end
 * @param to the moment at its right end, after the first
 * @param width in pixels, more than zero
 */
record TimeScale(LocalDateTime from, LocalDateTime to, double width) {

    private static final Duration SHORTEST = Duration.ofSeconds(20);
    private static final long DAY = 86_400;
    private static final long[] STEPS = {
        1, 5, 15, 30, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, DAY, 2 * DAY,
        7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY,
    };

    /**
     * A moment with a label.
     *
     * @param at a whole multiple of the step
     * @param step seconds from one to the next
     */
    record Tick(LocalDateTime at, long step) {

        /** Whether it is to be labelled by its day rather than by its time. */
        boolean isDay() {
            return step >= DAY || at.toLocalTime().toSecondOfDay() == 0;
        }

        /** Whether its seconds matter. */
        boolean hasSeconds() {
            return step < 60;
        }
    }

    /** Refuses what has no length. */
    TimeScale {
        if (!from.isBefore(to) || width <= 0) {
            throw new IllegalArgumentException(
                    "no time line of %s to %s on %s pixels".formatted(from, to, width));
        }
    }

    /** All of a line, with a little room at its ends. */
    static TimeScale around(LocalDateTime first, LocalDateTime last, double width) {
        Duration length = Duration.between(first, last);
        Duration room = length.dividedBy(25).plusSeconds(10);
        return new TimeScale(first.minus(room), last.plus(room), width);
    }

    /** Where a moment is; less than zero or more than the width where it is out of sight. */
    double x(LocalDateTime moment) {
        return millis(Duration.between(from, moment)) / millis(length()) * width;
    }

    /** The second at a place; the ends for places beyond them. */
    LocalDateTime moment(double x) {
        double share = Math.clamp(x / width, 0, 1);
        return from.plus((long) (share * millis(length())), ChronoUnit.MILLIS)
                .plusNanos(500_000_000)
                .truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * A shorter or longer part around a moment, which stays where it is.
     *
     * @param factor of the length: 0.5 shows half of it
     */
    TimeScale zoomed(double factor, LocalDateTime around) {
        double left = millis(Duration.between(from, around)) * factor;
        double right = millis(Duration.between(around, to)) * factor;
        if (left + right < millis(SHORTEST)) {
            return this;
        }
        return new TimeScale(
                around.minus((long) left, ChronoUnit.MILLIS),
                around.plus((long) right, ChronoUnit.MILLIS),
                width);
    }

    /** The same length, moved only where needed so that a moment is well in sight. */
    TimeScale showing(LocalDateTime moment) {
        if (!moment.isBefore(from) && !moment.isAfter(to)) {
            return this;
        }
        LocalDateTime begin = moment.minus(length().dividedBy(2));
        return new TimeScale(begin, begin.plus(length()), width);
    }

    /**
     * The moments to label.
     *
     * @param room least distance between two, in pixels
     */
    List<Tick> ticks(double room) {
        long step = step(room);
        long begin = seconds(from);
        List<Tick> ticks = new ArrayList<>();
        for (long at = Math.ceilDiv(begin, step) * step; at <= seconds(to); at += step) {
            ticks.add(new Tick(LocalDateTime.ofEpochSecond(at, 0, ZoneOffset.UTC), step));
        }
        return ticks;
    }

    private long step(double room) {
        double seconds = millis(length()) / 1000 / width * room;
        for (long step : STEPS) {
            if (step >= seconds) {
                return step;
            }
        }
        long longest = STEPS[STEPS.length - 1];
        return longest * (long) Math.ceil(seconds / longest);
    }

    private Duration length() {
        return Duration.between(from, to);
    }

    private static double millis(Duration span) {
        return span.toMillis();
    }

    private static long seconds(LocalDateTime moment) {
        return moment.toEpochSecond(ZoneOffset.UTC);
    }
}
