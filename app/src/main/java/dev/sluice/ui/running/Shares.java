package dev.sluice.ui.running;

import dev.sluice.job.JobSnapshot.Times;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a device worker has spent its time on, as shares of it. Immutable.
 *
 * @param of each cause's share, 0 to 1; all 0 as long as no time was spent
 */
record Shares(Map<Bottleneck.Cause, Double> of) {

    static final Shares NONE = of(Times.NONE);

    /** Takes a copy. */
    Shares {
        of = Map.copyOf(of);
    }

    static Shares of(Times times) {
        Map<Bottleneck.Cause, Duration> spent = new EnumMap<>(Bottleneck.Cause.class);
        spent.put(Bottleneck.Cause.SERVER, times.server());
        spent.put(Bottleneck.Cause.DIGESTS, times.digests());
        spent.put(Bottleneck.Cause.DISK, times.io());
        spent.put(Bottleneck.Cause.RATE_LIMIT, times.limit());
        double all = Math.max(1, spent.values().stream().mapToLong(Duration::toNanos).sum());
        Map<Bottleneck.Cause, Double> shares = new EnumMap<>(Bottleneck.Cause.class);
        spent.forEach((cause, time) -> shares.put(cause, time.toNanos() / all));
        return new Shares(shares);
    }

    double of(Bottleneck.Cause cause) {
        return of.getOrDefault(cause, 0.0);
    }

    /** What took most; {@code UNKNOWN} as long as no time was spent. */
    Bottleneck.Cause most() {
        return of.entrySet().stream()
                .filter(share -> share.getValue() > 0)
                .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(Map.Entry::getKey)
                .orElse(Bottleneck.Cause.UNKNOWN);
    }
}
