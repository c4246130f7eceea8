package dev.sluice.job;

import java.time.Clock;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The two clocks of a job: one that tells the date, for logs and names, and one that only measures.
 *
 * @param wall the date and time
 * @param nanos nanoseconds since an arbitrary moment, never going back
 */
public record JobClock(Clock wall, LongSupplier nanos) {

    /** The machine's clocks. */
    public static JobClock system() {
        return new JobClock(Clock.system(ZoneId.systemDefault()), System::nanoTime);
    }
}
