package dev.sluice.job;

import dev.sluice.words.Told;

import java.time.Instant;

/**
 * A line of a job's log.
 *
 * @param at when
 * @param level how it weighs
 * @param told what happened; server messages as the server wrote them
 */
public record JobEvent(Instant at, Level level, Told told) {

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

    /** An event in somebody's words. */
    public JobEvent(Instant at, Level level, String text) {
        this(at, level, Told.asIs(text));
    }

    /** What happened, for logs, files and the command line. */
    public String text() {
        return told.english();
    }
}
