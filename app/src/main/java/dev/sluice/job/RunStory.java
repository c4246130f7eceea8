package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run did, beyond its row in the history. A run that goes on, or whose process ended before
 * it did, has none yet.
 *
 * @param events its log, oldest first
 * @param drain the steps of its drain; empty when there was none
 * @param devices what each device moved; empty when none was opened
 * @param throughput what all devices together had moved over time, at most 120 points; empty when
 *     none was opened, and of runs of older versions
 * @param command the command line that asks for the same, with all options; null where there is
 *     none, and of runs of older versions
 */
public record RunStory(
        List<JobEvent> events,
        List<DrainStep> drain,
        List<Device> devices,
        List<Moved> throughput,
        @Nullable String command) {

    /** Nothing is told. */
    public static final RunStory NONE =
            new RunStory(List.of(), List.of(), List.of(), List.of(), null);

    /**
     * A device of the run.
     *
     * @param name as in the statement
     * @param stripe file of the stripe
     * @param bytes moved in all
     */
    public record Device(String name, Path stripe, long bytes) {}

    /**
     * What had been moved at a time.
     *
     * @param at since the first device worked
     * @param bytes of all devices
     */
    public record Moved(Duration at, long bytes) {}

    /** Makes the lists unmodifiable. */
    public RunStory {
        events = List.copyOf(events);
        drain = List.copyOf(drain);
        devices = List.copyOf(devices);
        throughput = List.copyOf(throughput);
    }

    static RunStory of(JobSnapshot end, List<Moved> throughput, @Nullable String command) {
        return new RunStory(
                end.events(),
                end.drain(),
                end.devices().stream()
                        .map(device -> new Device(device.name(), device.stripe(), device.bytes()))
                        .toList(),
                throughput,
                command);
    }

    /** The same with the log that another place has of it. */
    RunStory withEvents(List<JobEvent> found) {
        return new RunStory(found, drain, devices, throughput, command);
    }

    /**
     * The rate over time, in bytes per second.
     *
     * @return the means of equal spans from the first point to the last, oldest first; empty where
     *     there are fewer than two points
     */
    public double[] rates() {
        int spans = throughput.size() - 1;
        if (spans < 1) {
            return new double[0];
        }
        double[] rates = new double[spans];
        double first = seconds(throughput.getFirst());
        double span = (seconds(throughput.getLast()) - first) / spans;
        for (int i = 0; i < spans; i++) {
            rates[i] = (bytesAt(first + (i + 1) * span) - bytesAt(first + i * span)) / span;
        }
        return rates;
    }

    /** Between two points, as if the rate had been the same all the way. */
    private double bytesAt(double time) {
        int next = 1;
        while (next < throughput.size() - 1 && seconds(throughput.get(next)) < time) {
            next++;
        }
        Moved before = throughput.get(next - 1);
        Moved after = throughput.get(next);
        double part = (time - seconds(before)) / (seconds(after) - seconds(before));
        return before.bytes() + part * (after.bytes() - before.bytes());
    }

    private static double seconds(Moved point) {
        return point.at().toNanos() / 1e9;
    }
}
