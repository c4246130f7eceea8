package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.List;

/**
 * Whether sets that are restored one after another connect, by what the server says of each: it
 * would find out itself, but only when it comes to the set that does not fit (messages 3136, 4305
 * and 4326).
 */
final class LsnChain {

    private @Nullable BackupContents full;
    private @Nullable RestoreStep before;
    private @Nullable BigInteger reached;

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
            case LOG -> requireConnected(step);
        }
        before = step;
        reached = next.lastLsn();
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
                : family.equalsIgnoreCase(other.family());
    }

    private void requireBase(RestoreStep step) throws JobException {
        BackupContents next = step.contents();
        BigInteger base = next.databaseBackupLsn();
        if (full == null || base == null || full.checkpointLsn() == null) {
            return;
        }
        boolean comparable = full.ofWholeDatabase() && next.ofWholeDatabase();
        if (comparable && !base.equals(full.checkpointLsn())) {
            throw new JobException(
                    ("the differential backup %s is based on the full backup with the checkpoint"
                         + " LSN %s, and the full backup before it has %s; restore the full backup"
                         + " it is based on")
                            .formatted(step.folder(), base, full.checkpointLsn()));
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
}
