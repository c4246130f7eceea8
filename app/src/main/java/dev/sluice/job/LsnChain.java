package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.List;

/**
 * Whether sets that are restored one after another connect, by what the server says of each: it
 * would find out itself, but only when it comes to the set that does not fit (messages 3136, 4305,
 * 4326 and 4330).
 */
final class LsnChain {

    private @Nullable BackupContents full;
    private @Nullable RestoreStep before;
    private @Nullable BigInteger reached;
    private @Nullable String fork;

    private LsnChain() {}

    /**
     * Refuses sets that do not connect.
     *
     * @param steps in their order, each with its contents
     */
    static void check(List<RestoreStep> steps) throws JobException {
        LsnChain chain = new LsnChain();
        for (RestoreStep step : steps) {
            chain.add(step);
        }
    }

    private void add(RestoreStep step) throws JobException {
        BackupContents next = step.contents();
        if (before != null) {
            requireSameDatabase(before, step);
        }
        switch (next.type()) {
            case FULL -> full = next;
            case DIFFERENTIAL -> requireBase(step);
            case LOG -> {
                requireConnected(step);
                requireSameFork(step);
            }
        }
        before = step;
        reached = next.lastLsn();
        fork = next.forks().last();
    }

    private static void requireSameDatabase(RestoreStep one, RestoreStep other)
            throws JobException {
        if (!isSameDatabase(one.contents(), other.contents())) {
            throw new JobException(
                    "%s is a backup of \"%s\", and %s one of another database, \"%s\""
                            .formatted(
                                    one.folder(),
                                    one.contents().database(),
                                    other.folder(),
                                    other.contents().database()));
        }
    }

    /** A database keeps its family GUID for life, and its name only until somebody renames it. */
    private static boolean isSameDatabase(BackupContents one, BackupContents other) {
        String family = one.family();
        return (family == null || other.family() == null)
                ? one.database().equalsIgnoreCase(other.database())
                : family.equals(other.family());
    }

    /** By the GUIDs where the server tells them, as one backup alone has each; else by LSNs. */
    private void requireBase(RestoreStep step) throws JobException {
        BackupContents next = step.contents();
        if (full == null) {
            return;
        }
        String base = next.baseId();
        if (base != null && full.id() != null) {
            requireBase(step, "GUID", base, full.id());
            return;
        }
        BigInteger lsn = next.databaseBackupLsn();
        boolean comparable = full.ofWholeDatabase() && next.ofWholeDatabase();
        if (comparable && lsn != null && full.checkpointLsn() != null) {
            requireBase(step, "checkpoint LSN", lsn, full.checkpointLsn());
        }
    }

    private static void requireBase(RestoreStep step, String what, Object base, Object present)
            throws JobException {
        if (!base.equals(present)) {
            throw new JobException(
                    ("the differential backup %s is based on the full backup with the %s %s, and"
                                    + " the full backup before it has %s; restore the full backup"
                                    + " it is based on")
                            .formatted(step.folder(), what, base, present));
        }
    }

    private void requireConnected(RestoreStep step) throws JobException {
        BigInteger first = step.contents().firstLsn();
        BigInteger last = step.contents().lastLsn();
        if (before == null || reached == null || first == null || last == null) {
            return;
        }
        if (first.compareTo(reached) > 0) {
            throw new JobException(
                    ("the log backup %s begins at LSN %s, and %s ends at %s: the log backup between"
                                    + " them is missing; add the one that contains LSN %s")
                            .formatted(step.folder(), first, before.folder(), reached, reached));
        }
        if (last.compareTo(reached) < 0) {
            throw new JobException(
                    ("the log backup %s ends at LSN %s, before %s, which ends at %s: it is too old;"
                                    + " leave it out")
                            .formatted(step.folder(), last, before.folder(), reached));
        }
    }

    /**
     * A log backup of one fork goes on with the history that was restored so far. One that changes
     * over from fork to fork is left to the server: its header names the first and the last of
     * them, not those between, and where precisely it changed over in relation to the LSNs of other
     * backups is not documented.
     */
    private void requireSameFork(RestoreStep step) throws JobException {
        String first = step.contents().forks().first();
        String last = step.contents().forks().last();
        if (before == null || fork == null || first == null || !first.equals(last)) {
            return;
        }
        if (!fork.equals(first)) {
            throw new JobException(
                    ("the log backup %s is of the recovery fork %s, and %s ends on the recovery"
                         + " fork %s%s: the database was recovered to an earlier point, and these"
                         + " two are of different histories since then. Use the log backups of one"
                         + " history, or begin with a full backup of the other")
                            .formatted(
                                    step.folder(),
                                    first,
                                    before.folder(),
                                    fork,
                                    reached == null ? "" : " at LSN " + reached));
        }
    }
}
