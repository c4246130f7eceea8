package dev.sluice.ui.running;

import dev.sluice.job.JobEvent;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Texts;

import java.util.Locale;

/**
 * A line of the log.
 *
 * @param time time of day
 * @param level how it weighs
 * @param text what happened
 */
public record LogLine(String time, JobEvent.Level level, String text) {

    /** The line of an event. */
    public static LogLine of(JobEvent event, Texts texts) {
        return new LogLine(Formats.clock(event.at()), event.level(), texts.tell(event.told()));
    }

    /** Whether a text is in it, in capitals or not. */
    boolean contains(String sought) {
        return toString()
                .toLowerCase(Locale.ROOT)
                .contains(sought.strip().toLowerCase(Locale.ROOT));
    }

    /** The line as it is copied. */
    @Override
    public String toString() {
        return "%s  %-7s  %s".formatted(time, level, text);
    }
}
