package dev.sluice.media;

import dev.sluice.sql.BackupType;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The ways of restoring a database that need no doubted set. They may lead past one: from an older
 * full backup, or without a differential, by unbroken logs. Immutable.
 */
public final class RestoreWays {

    private final RestoreTimes times;
    private final RestoreTimes trusted;
    private final Predicate<BackupSet> doubted;

    private RestoreWays(RestoreTimes times, Predicate<BackupSet> doubted) {
        this.times = times;
        this.doubted = doubted;
        this.trusted =
                times.sets().stream().noneMatch(doubted)
                        ? times
                        : RestoreTimes.of(trusted(times.sets(), doubted));
    }

    /**
     * The ways through the sets of one database. Takes its time with thousands of them.
     *
     * @param times what all of its sets lead to
     * @param doubted whether a set is better not needed, as one that did not pass its last
     *     verification; asked more than once of the same set
     */
    public static RestoreWays of(RestoreTimes times, Predicate<BackupSet> doubted) {
        return new RestoreWays(times, doubted);
    }

    /**
     * What a way that needs no doubted set is looked for in. A differential goes with its base:
     * without a header it would be given to an older full backup. Where a stream has no header,
     * nobody would notice that a log is missing either: there the doubted ones stay, and a way that
     * needs one is no such way.
     */
    private static List<BackupSet> trusted(List<BackupSet> sets, Predicate<BackupSet> doubted) {
        boolean byLsn = sets.stream().allMatch(set -> set.manifest().header() != null);
        return sets.stream()
                .filter(
                        set ->
                                switch (set.manifest().type()) {
                                    case FULL -> !doubted.test(set);
                                    case DIFFERENTIAL -> isTrusted(set, sets, doubted);
                                    case LOG -> !byLsn || !doubted.test(set);
                                })
                .toList();
    }

    /** Whether a differential and its base are there and neither is doubted. */
    private static boolean isTrusted(
            BackupSet differential, List<BackupSet> sets, Predicate<BackupSet> doubted) {
        try {
            return RestoreChain.upTo(differential, sets).stream().noneMatch(doubted);
        } catch (BackupSetException e) {
            return false;
        }
    }

    /** Whether a restore can end with this set and need no doubted one, nor be of one. */
    public boolean isTrusted(BackupSet set) {
        return !doubted.test(set) && trusted.isReachable(set) && upTo(set).isPresent();
    }

    /**
     * The sets to restore, in order, to get to the end of one. Of these, only that one may be
     * doubted; empty when there is no such way.
     */
    public Optional<List<BackupSet>> upTo(BackupSet last) {
        // only logs lead on from another full backup than the newest
        boolean log = last.manifest().type() == BackupType.LOG;
        try {
            List<BackupSet> chain = RestoreChain.upTo(last, (log ? trusted : times).sets());
            return Optional.of(chain)
                    .filter(
                            sets ->
                                    sets.stream()
                                            .filter(set -> !set.equals(last))
                                            .noneMatch(doubted));
        } catch (BackupSetException e) {
            return Optional.empty(); // a way through all sets tells what is missing
        }
    }

    /**
     * The sets to restore, in order, for a stop at a moment within the spans of logs. None of these
     * is doubted; empty when there is no such way.
     */
    public Optional<List<BackupSet>> to(LocalDateTime moment) {
        if (trusted.spans().stream().noneMatch(span -> span.contains(moment))) {
            return Optional.empty();
        }
        try {
            return Optional.of(trusted.chainTo(moment))
                    .filter(sets -> sets.stream().noneMatch(doubted));
        } catch (BackupSetException e) {
            return Optional.empty(); // a way through all sets tells what is missing
        }
    }
}
