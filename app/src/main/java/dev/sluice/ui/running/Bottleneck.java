package dev.sluice.ui.running;

import dev.sluice.job.JobSnapshot.Device;
import dev.sluice.job.JobSnapshot.DeviceState;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Names what holds a job back, from what its device workers were seen doing over the last few
 * seconds.
 */
final class Bottleneck {

    /** What can hold a job back. */
    enum Cause {
        /** Too little was seen. */
        UNKNOWN,
        /** Workers wait for the server's commands. */
        SERVER,
        /** Workers read or write files. */
        DISK,
        /** Workers compute digests. */
        DIGESTS,
        /** The rate limit. */
        RATE_LIMIT
    }

    // after about five seconds at ten looks a second, what was seen weighs a third
    private static final double KEPT = 0.98;

    private final Map<Cause, Double> seen = new EnumMap<>(Cause.class);

    void look(List<Device> devices) {
        seen.replaceAll((cause, weight) -> weight * KEPT);
        for (Device device : devices) {
            Cause cause = cause(device.state());
            if (cause != Cause.UNKNOWN) {
                seen.merge(cause, 1.0 / devices.size(), Double::sum);
            }
        }
    }

    Cause cause() {
        double total = seen.values().stream().mapToDouble(Double::doubleValue).sum();
        if (total < 1) {
            return Cause.UNKNOWN;
        }
        return seen.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Cause.UNKNOWN);
    }

    private static Cause cause(DeviceState state) {
        return switch (state) {
            case WAITING -> Cause.SERVER;
            case IN_IO -> Cause.DISK;
            case CHECKING -> Cause.DIGESTS;
            case THROTTLED -> Cause.RATE_LIMIT;
            case OPEN, CLOSED, ABORTED, FAILED -> Cause.UNKNOWN;
        };
    }
}
