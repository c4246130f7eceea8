package dev.sluice.job;

import dev.sluice.words.Told;

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
                    Told.of(
                            "chain.otherDatabase",
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
                    Told.of(
                            "chain.otherBase",
                            step.folder(),
                            what,
                            base.toString(),
                            present.toString()));
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
                    Told.of(
                            "chain.missing",
                            step.folder(),
                            first.toString(),
                            before.folder(),
                            reached.toString()));
        }
        if (last.compareTo(reached) < 0) {
            throw new JobException(
                    Told.of(
                            "chain.tooOld",
                            step.folder(),
                            last.toString(),
                            before.folder(),
                            reached.toString()));
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
                    Told.of(
                            "chain.otherFork",
                            step.folder(),
                            first,
                            before.folder(),
                            reached == null ? fork : fork + ", LSN " + reached));
        }
    }
}
