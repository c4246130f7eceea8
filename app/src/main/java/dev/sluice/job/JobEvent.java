package dev.sluice.job;

import java.time.Instant;

/**
 * A line of a job's log.
 *
 * @param at when
 * @param level how it weighs
 * @param text what happened; server messages as the server wrote them
 */
public record JobEvent(Instant at, Level level, String text) {

    /** How an event weighs. */
    public enum Level {
        /** Something the job did. */
        INFO,
        /** A message of the server. */
        SERVER,
        /** Something to look at. */
        WARNING,
        /** An error. */
        ERROR
    }
}
