package dev.sluice.ui.running;

import dev.sluice.job.JobEvent;
import dev.sluice.ui.common.Formats;

/**
 * A line of the log.
 *
 * @param time time of day
 * @param level how it weighs
 * @param text what happened
 */
public record LogLine(String time, JobEvent.Level level, String text) {

    /** The line of an event. */
    public static LogLine of(JobEvent event) {
        return new LogLine(Formats.clock(event.at()), event.level(), event.text());
    }

    /** The line as it is copied. */
    @Override
    public String toString() {
        return "%s  %-7s  %s".formatted(time, level, text);
    }
}
