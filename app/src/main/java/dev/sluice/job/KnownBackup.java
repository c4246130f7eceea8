package dev.sluice.job;

import dev.sluice.sql.RecordedBackup;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.regex.Pattern;

/** A backup that succeeded, and who knows of it. */
public sealed interface KnownBackup {

    /** When it was finished. */
    Instant finished();

    /** What it contains, as {@link RunRecord#type} has it. */
    @Nullable String type();

    /** Whether it was taken {@code COPY_ONLY}. */
    boolean copyOnly();

    /**
     * Sluice made it.
     *
     * @param run its completed run
     */
    record Own(RunRecord run) implements KnownBackup {

        private static final String COPY_ONLY = "COPY_ONLY";

        /** Names and texts, in which any word may stand. */
        private static final Pattern QUOTED = Pattern.compile("'[^']*'|\\[(?:[^\\]]|]])*]");

        @Override
        public Instant finished() {
            return run.started().plus(run.duration());
        }

        @Override
        public @Nullable String type() {
            return run.type();
        }

        @Override
        public boolean copyOnly() {
            String statement = run.statement();
            return statement != null
                    && statement.contains(COPY_ONLY)
                    && QUOTED.matcher(statement).replaceAll("").contains(COPY_ONLY);
        }
    }

    /**
     * The server's record has it, and Sluice's history does not: another tool made it, or Sluice on
     * behalf of another user.
     *
     * @param backup what the record says
     */
    record Recorded(RecordedBackup backup) implements KnownBackup {

        @Override
        public Instant finished() {
            return backup.finished();
        }

        @Override
        public String type() {
            return backup.word();
        }

        @Override
        public boolean copyOnly() {
            return backup.copyOnly();
        }
    }
}
