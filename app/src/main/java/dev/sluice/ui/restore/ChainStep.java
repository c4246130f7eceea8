package dev.sluice.ui.restore;

import dev.sluice.media.BackupSet;
import dev.sluice.media.Manifest;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.StopAt;

import java.util.ArrayList;
import java.util.List;

/** A set to restore, and why. Immutable. */
public record ChainStep(BackupSet set, Reason reason) {

    /** Why a set is restored. */
    public enum Reason {
        /** A full backup: the beginning. */
        BEGINS,
        /** A full backup of a part of the database. */
        PART,
        /** A differential backup: spares all logs before it. */
        SPARES,
        /** A log that goes on where the set before ends. */
        GOES_ON,
        /** The log in which the restore stops. */
        STOPS,
        /** A log that may have the mark at which the restore stops. */
        SOUGHT,
        /** A set that does not begin: the database was left restoring for it. */
        AWAITED
    }

    /** The steps of a restore. */
    static List<ChainStep> of(List<BackupSet> sets, StopAt stop) {
        List<ChainStep> steps = new ArrayList<>();
        for (BackupSet set : sets) {
            boolean first = steps.isEmpty();
            steps.add(
                    new ChainStep(
                            set, reason(set.manifest(), first, set.equals(sets.getLast()), stop)));
        }
        return List.copyOf(steps);
    }

    private static Reason reason(Manifest manifest, boolean first, boolean last, StopAt stop) {
        if (manifest.type() == BackupType.FULL) {
            return manifest.ofWholeDatabase() ? Reason.BEGINS : Reason.PART;
        }
        if (first) {
            return Reason.AWAITED;
        }
        if (manifest.type() == BackupType.DIFFERENTIAL) {
            return Reason.SPARES;
        }
        return switch (stop) {
            case StopAt.End _ -> Reason.GOES_ON;
            case StopAt.Time _ -> last ? Reason.STOPS : Reason.GOES_ON;
            case StopAt.AtMark _, StopAt.BeforeMark _ -> Reason.SOUGHT;
        };
    }
}
