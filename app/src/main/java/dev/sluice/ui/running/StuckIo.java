package dev.sluice.ui.running;

import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobSnapshot.Device;
import dev.sluice.job.JobSnapshot.DeviceState;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An I/O that keeps a drain waiting.
 *
 * @param device from 0
 * @param file what is read or written
 * @param since for how long, in whole seconds
 */
public record StuckIo(int device, Path file, Duration since) {

    /** From when on an I/O counts as stuck. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    static List<StuckIo> in(JobSnapshot job) {
        if (job.drain().isEmpty()) {
            return List.of();
        }
        return job.devices().stream()
                .filter(StuckIo::isStuck)
                .map(device -> new StuckIo(device.index(), device.stripe(), wholeSeconds(device)))
                .toList();
    }

    private static boolean isStuck(Device device) {
        return device.state() == DeviceState.IN_IO && device.inState().compareTo(PATIENCE) >= 0;
    }

    private static Duration wholeSeconds(Device device) {
        return Duration.ofSeconds(device.inState().toSeconds());
    }
}
