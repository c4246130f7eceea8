package dev.sluice.job;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run did, beyond its row in the history. A run that goes on, or whose process ended before
 * it did, has none yet.
 *
 * @param events its log, oldest first
 * @param drain the steps of its drain; empty when there was none
 * @param devices what each device moved; empty when none was opened
 */
public record RunStory(List<JobEvent> events, List<DrainStep> drain, List<Device> devices) {

    /** Nothing is told. */
    public static final RunStory NONE = new RunStory(List.of(), List.of(), List.of());

    /**
     * A device of the run.
     *
     * @param name as in the statement
     * @param stripe file of the stripe
     * @param bytes moved in all
     */
    public record Device(String name, Path stripe, long bytes) {}

    /** Makes the lists unmodifiable. */
    public RunStory {
        events = List.copyOf(events);
        drain = List.copyOf(drain);
        devices = List.copyOf(devices);
    }

    static RunStory of(JobSnapshot end) {
        return new RunStory(
                end.events(),
                end.drain(),
                end.devices().stream()
                        .map(device -> new Device(device.name(), device.stripe(), device.bytes()))
                        .toList());
    }
}
