package dev.sluice.ui.sets;

import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetException;
import dev.sluice.media.Manifest;
import dev.sluice.media.Remains;
import dev.sluice.ui.common.Texts;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * A folder in the list of backup sets.
 *
 * @param folder the folder
 * @param state what it is
 * @param set the set, when it is one
 * @param remains what is left, when a run did not finish
 * @param problem what is wrong with it; empty when nothing is
 */
public record SetRow(
        Path folder,
        State state,
        @Nullable BackupSet set,
        @Nullable Remains remains,
        String problem) {

    /** What a folder is. */
    public enum State {
        /** A committed set. Its bytes were not looked at. */
        COMMITTED,
        /** A committed set; every byte was found to be right. */
        VERIFIED,
        /** A set that is not what was written, or that a server refuses for what it holds. */
        DAMAGED,
        /** A folder that cannot be read here and now, or not by this Sluice. */
        UNREADABLE,
        /** A run is writing it. */
        BEING_WRITTEN,
        /** Left by a run that did not finish; never a backup. */
        REMAINS,
        /** The same of a log backup: it may be the only copy of that part of the log. */
        LOG_REMAINS
    }

    static SetRow of(BackupSet set) {
        return new SetRow(set.directory(), State.COMMITTED, set, null, "");
    }

    static SetRow of(Remains remains) {
        State left = remains.ofLog() ? State.LOG_REMAINS : State.REMAINS;
        State state = remains.running() ? State.BEING_WRITTEN : left;
        return new SetRow(remains.directory(), state, null, remains, "");
    }

    /** Whether it is a set, or was one. */
    boolean canBeVerified() {
        return remains == null;
    }

    /** Whether it can be removed. */
    boolean isLeft() {
        return state == State.REMAINS || state == State.LOG_REMAINS;
    }

    static SetRow of(BackupSetException problem, Texts texts) {
        Path where = Objects.requireNonNull(problem.folder(), "a problem has a place");
        State state = problem.isDamage() ? State.DAMAGED : State.UNREADABLE;
        return new SetRow(where, state, null, null, texts.tell(problem));
    }

    /** The same set after it was verified. */
    SetRow judged(State verdict, String why) {
        return new SetRow(folder, verdict, set, remains, why);
    }

    /** What the set says about itself; null when there is nothing to read. */
    public @Nullable Manifest manifest() {
        return set == null ? null : set.manifest();
    }

    /** When the run started; null when that is not known. */
    public @Nullable Instant started() {
        Manifest manifest = manifest();
        return manifest == null ? null : manifest.started();
    }

    /** The database, as its folder is named when there is no manifest. */
    public String database() {
        Manifest manifest = manifest();
        Path parent = folder.getParent();
        return manifest == null
                ? String.valueOf(parent == null ? "" : parent.getFileName())
                : manifest.database();
    }

    /** Bytes on disk; -1 when that is not known. */
    public long bytes() {
        Manifest manifest = manifest();
        if (manifest != null) {
            return manifest.storedSize();
        }
        return remains == null ? -1 : remains.bytes();
    }
}
