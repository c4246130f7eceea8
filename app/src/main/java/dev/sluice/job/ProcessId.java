package dev.sluice.job;

import java.time.Duration;
import java.time.Instant;

/**
 * A process, told apart from a later one that got the same number.
 *
 * @param pid its number
 * @param started when it started; the epoch where the platform does not tell
 */
record ProcessId(long pid, Instant started) {

    /** The start is worked out from the boot time, which moves when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    /** This process. */
    static ProcessId current() {
        return of(ProcessHandle.current());
    }

    /** Whether the process still runs. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(ProcessId::of)
                .filter(
                        other ->
                                Duration.between(started, other.started).abs().compareTo(TOLERANCE)
                                        <= 0)
                .isPresent();
    }

    private static ProcessId of(ProcessHandle handle) {
        return new ProcessId(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }
}
