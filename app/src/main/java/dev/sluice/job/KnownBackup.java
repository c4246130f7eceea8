package dev.sluice.job;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.RecordedBackup;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A backup that succeeded, and who knows of it. */
public sealed interface KnownBackup {

    /** When it began. */
    Instant started();

    /** When it was finished. */
    Instant finished();

    /** What it contains, as {@link RunRecord#type} has it. */
    @Nullable String type();

    /** Whether it was taken {@code COPY_ONLY}. */
    boolean copyOnly();

    /**
     * Whether it makes up for an attempt that failed: it was finished after that, for it holds the
     * data of its end, and holds at least what that was to hold. When an interrupted attempt ended
     * nobody knows: what makes up for that one began after it. A full one holds what a differential
     * one would, and that what one of the log would; all of a database, what a part of it would.
     */
    default boolean makesUpFor(RunRecord failed) {
        boolean endIsKnown = failed.outcome() != RunRecord.Outcome.INTERRUPTED;
        return !(endIsKnown ? finished() : started()).isBefore(failed.ended())
                && (!isOfLog() || !copyOnly() || failed.copyOnly())
                && holds(type(), failed.type());
    }

    /**
     * Whether it is a differential backup or one of the log, of the whole database, that was
     * finished after another backup: with those it builds on, it leads further.
     */
    default boolean goesOnAfter(RunRecord other) {
        return !finished().isBefore(other.ended())
                && (isOfLog() || BackupType.DIFFERENTIAL.word().equals(type()));
    }

    /** Whether it is a differential one, be it of a part of the database. */
    default boolean isDifferential() {
        return isOf(BackupType.DIFFERENTIAL, type());
    }

    /** Whether a type is that of a full backup, be it of a part of the database. */
    static boolean isFull(@Nullable String type) {
        return isOf(BackupType.FULL, type);
    }

    private static boolean isOf(BackupType wanted, @Nullable String type) {
        return type != null && kind(type).equals(wanted.word());
    }

    /** Whether it holds the log alone. */
    default boolean isOfLog() {
        return BackupType.LOG.word().equals(type());
    }

    /** What is not known here, because a newer Sluice tried it, only a full one makes up for. */
    private static boolean holds(@Nullable String made, @Nullable String missed) {
        if (made == null || missed == null || made.equals(BackupType.FULL.word())) {
            return BackupType.FULL.word().equals(made);
        }
        int part = made.indexOf(", ");
        boolean holdsThePart = missed.endsWith(part < 0 ? "" : made.substring(part));
        return made.equals(missed)
                || (holdsThePart && rank(made) >= 0 && rank(made) <= rank(missed));
    }

    /** From 0, the largest, on; less for what is not known here. */
    private static int rank(String type) {
        List<String> words = Stream.of(BackupType.values()).map(BackupType::word).toList();
        return words.indexOf(kind(type));
    }

    /** Without the part of the database it is of. */
    private static String kind(String type) {
        return type.split(", ", 2)[0];
    }

    /**
     * Sluice made it.
     *
     * @param run its completed run
     */
    record Own(RunRecord run) implements KnownBackup {

        @Override
        public Instant started() {
            return run.started();
        }

        @Override
        public Instant finished() {
            return run.ended();
        }

        @Override
        public @Nullable String type() {
            return run.type();
        }

        @Override
        public boolean copyOnly() {
            return run.copyOnly();
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
        public Instant started() {
            return backup.started();
        }

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
