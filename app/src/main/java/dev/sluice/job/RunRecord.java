package dev.sluice.job;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A row of the history of runs.
 *
 * @param id the job's id
 * @param kind what it did
 * @param server name of the server; of a check: the one that the set was taken from
 * @param database the database backed up or restored to
 * @param type what the backup set holds: {@code full}, {@code diff} or {@code log}, with the scope
 *     behind it where that is a part of the database, such as {@code full, files}; null when the
 *     run ended before that was known
 * @param outcome how it ended, or that it has not
 * @param started when it started
 * @param duration until its end; for a run that goes on or was interrupted: zero
 * @param bytes bytes moved
 * @param trigger who or what started it
 * @param statement the T-SQL, from just before it is sent; null when it did not come to that
 * @param set folder of the backup set; null when none was made
 * @param told what happened; null before the end
 * @param finding what it found out about the set; of a verification only
 */
public record RunRecord(
        String id,
        JobKind kind,
        String server,
        String database,
        @Nullable String type,
        Outcome outcome,
        Instant started,
        Duration duration,
        long bytes,
        String trigger,
        @Nullable String statement,
        @Nullable Path set,
        @Nullable Told told,
        Finding finding) {

    private static final String COPY_ONLY = "COPY_ONLY";

    /** Names and texts, in which any word may stand. */
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\\[(?:[^\\]]|]])*]");

    /** When it ended; for a run that goes on or was interrupted: when it started. */
    public Instant ended() {
        return started.plus(duration);
    }

    /** Whether it was to back up {@code COPY_ONLY}. */
    boolean copyOnly() {
        return statement != null
                && statement.contains(COPY_ONLY)
                && QUOTED.matcher(statement).replaceAll("").contains(COPY_ONLY);
    }

    /** What happened, in English; null before the end. */
    public @Nullable String result() {
        return told == null ? null : told.english();
    }

    /** What a verification found out about its set. */
    public enum Finding {
        /** Nothing: it was stopped, or could not read the set. */
        NONE,
        /** All of it is as it was written, or a server calls it valid. */
        GOOD,
        /** It is not what was written, or a server refuses it for what it holds. */
        DAMAGED
    }

    /** How a run ended. */
    public enum Outcome {
        /** It goes on, in this process or another. */
        RUNNING,
        /** Everything was done. */
        COMPLETED,
        /** Stopped on request. */
        CANCELLED,
        /** Ended by an error. */
        FAILED,
        /** Its process ended before the run did. */
        INTERRUPTED
    }
}
