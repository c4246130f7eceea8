package dev.sluice.ui.restore;

import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetException;
import dev.sluice.media.RestoreChain;
import dev.sluice.media.RestoreTimes;
import dev.sluice.media.RestoreTimes.Span;
import dev.sluice.sql.BackupType;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The sets of one database in time, and the moments to choose from: the end of every set that can
 * be reached, and any second of the spans that log backups cover. Immutable.
 */
final class TimeLine {

    /** Without any set. */
    static final TimeLine EMPTY = of(List.of());

    /**
     * A set on the line.
     *
     * @param at the moment its end brings the database to
     * @param reachable whether a restore can end with it; something it builds on is missing
     *     otherwise
     * @param doubted whether it did not pass its last verification
     */
    record Mark(BackupSet set, LocalDateTime at, boolean reachable, boolean doubted) {

        BackupType type() {
            return set.manifest().type();
        }
    }

    private final RestoreTimes times;
    private final Set<Path> doubted;
    private final RestoreTimes trusted;
    private final List<Mark> marks;
    private final NavigableMap<LocalDateTime, Mark> ends = new TreeMap<>();
    private final Optional<Moment> proposed;

    private TimeLine(RestoreTimes times, Set<Path> doubted) {
        this.times = times;
        this.doubted =
                times.sets().stream()
                        .map(BackupSet::directory)
                        .filter(doubted::contains)
                        .collect(Collectors.toUnmodifiableSet());
        this.trusted =
                this.doubted.isEmpty() ? times : RestoreTimes.of(trusted(times.sets(), doubted));
        marks =
                times.sets().stream()
                        .map(
                                set ->
                                        new Mark(
                                                set,
                                                RestoreTimes.reach(set),
                                                times.isReachable(set),
                                                isDoubted(set)))
                        .toList();
        marks.stream()
                .filter(Mark::reachable)
                .forEach(mark -> ends.merge(mark.at(), mark, TimeLine::better));
        proposed = lastTrusted().or(this::last);
    }

    /** Of two that end in the same second, the later one, unless it alone is doubted. */
    private static Mark better(Mark one, Mark later) {
        return later.doubted() && !one.doubted() ? one : later;
    }

    /** The line of a database's sets, none of which is doubted. */
    static TimeLine of(List<BackupSet> sets) {
        return of(sets, Set.of());
    }

    /**
     * The line of a database's sets. Takes its time with thousands of them.
     *
     * @param doubted folders of those that did not pass their last verification; of others, too
     */
    static TimeLine of(List<BackupSet> sets, Set<Path> doubted) {
        return new TimeLine(RestoreTimes.of(sets), doubted);
    }

    /**
     * What a way that needs no doubted set is looked for in. A differential goes with its base:
     * without a header it would be given to an older full backup. Where a stream has no header,
     * nobody would notice that a log is missing either: there the doubted ones stay, and a way that
     * needs one is no such way.
     */
    private static List<BackupSet> trusted(List<BackupSet> sets, Set<Path> doubted) {
        boolean byLsn = sets.stream().allMatch(set -> set.manifest().header() != null);
        return sets.stream()
                .filter(
                        set ->
                                switch (set.manifest().type()) {
                                    case FULL -> !doubted.contains(set.directory());
                                    case DIFFERENTIAL -> isTrusted(set, sets, doubted);
                                    case LOG -> !byLsn || !doubted.contains(set.directory());
                                })
                .toList();
    }

    /** Whether a differential and its base are there and neither is doubted. */
    private static boolean isTrusted(
            BackupSet differential, List<BackupSet> sets, Set<Path> doubted) {
        try {
            return RestoreChain.upTo(differential, sets).stream()
                    .map(BackupSet::directory)
                    .noneMatch(doubted::contains);
        } catch (BackupSetException e) {
            return false;
        }
    }

    private Optional<Moment> lastTrusted() {
        return doubted.isEmpty()
                ? last()
                : marks.reversed().stream()
                        .filter(mark -> !mark.doubted() && trusted.isReachable(mark.set()))
                        .map(TimeLine::end)
                        .filter(end -> trustedChain(end).isPresent())
                        .findFirst();
    }

    /** A way to a moment on which no set is doubted but the one that was asked for. */
    private Optional<List<BackupSet>> trustedChain(Moment moment) {
        if (moment.end() == null && !isWithin(trusted.spans(), moment.at())) {
            return Optional.empty();
        }
        try {
            return Optional.of(chain(moment, isOfLogs(moment) ? trusted : times))
                    .filter(
                            sets ->
                                    sets.stream()
                                            .filter(set -> !set.equals(moment.end()))
                                            .noneMatch(this::isDoubted));
        } catch (BackupSetException e) {
            return Optional.empty(); // whoever chooses the moment is told what is missing
        }
    }

    /** Only logs lead on from another full backup than the newest. */
    private static boolean isOfLogs(Moment moment) {
        BackupSet end = moment.end();
        return end == null || end.manifest().type() == BackupType.LOG;
    }

    private boolean isDoubted(BackupSet set) {
        return doubted.contains(set.directory());
    }

    /** Every set of the whole database, in the order of their ends. */
    List<Mark> marks() {
        return marks;
    }

    /** Where any second can be chosen, in order. */
    List<Span> spans() {
        return times.spans();
    }

    private static boolean isWithin(List<Span> spans, LocalDateTime at) {
        return spans.stream().anyMatch(span -> span.contains(at));
    }

    /** Whether there is no moment to choose. */
    boolean isEmpty() {
        return ends.isEmpty();
    }

    /** The earliest moment; empty when there is none. */
    Optional<Moment> first() {
        return moment(ends.firstEntry());
    }

    /** The latest moment; empty when there is none. */
    Optional<Moment> last() {
        return moment(ends.lastEntry());
    }

    /** The latest that is reached without a doubted set; the latest of all where there is none. */
    Optional<Moment> proposed() {
        return proposed;
    }

    /** The moment at exactly this second; empty when it cannot be reached. */
    Optional<Moment> at(LocalDateTime exact) {
        LocalDateTime second = exact.truncatedTo(ChronoUnit.SECONDS);
        Mark mark = ends.get(second);
        if (mark != null) {
            return Optional.of(end(mark));
        }
        return isWithin(spans(), second) ? Optional.of(new Moment(second, null)) : Optional.empty();
    }

    /** The end of a set; empty when it cannot be reached. */
    Optional<Moment> endOf(BackupSet set) {
        return marks.stream()
                .filter(mark -> mark.reachable() && mark.set().equals(set))
                .findFirst()
                .map(TimeLine::end);
    }

    /** The moment nearest to this one; empty when there is none at all. */
    Optional<Moment> nearest(LocalDateTime wanted) {
        Optional<Moment> exact = at(wanted);
        if (exact.isPresent()) {
            return exact;
        }
        Map.Entry<LocalDateTime, Mark> before = ends.floorEntry(wanted);
        Map.Entry<LocalDateTime, Mark> after = ends.ceilingEntry(wanted);
        if (before == null || after == null) {
            return moment(before == null ? after : before);
        }
        Duration back = Duration.between(before.getKey(), wanted);
        Duration on = Duration.between(wanted, after.getKey());
        return moment(back.compareTo(on) <= 0 ? before : after);
    }

    /** Goes on, or back, by a time; as far as the next end of a set where that is not possible. */
    Moment step(Moment from, Duration by) {
        LocalDateTime wanted = from.at().plus(by);
        boolean within =
                spans().stream()
                        .anyMatch(span -> span.contains(from.at()) && span.contains(wanted));
        if (within) {
            return at(wanted).orElse(from);
        }
        return by.isNegative() ? previous(from) : next(from);
    }

    /** The next end of a set; the same moment where none follows. */
    Moment next(Moment from) {
        return moment(ends.higherEntry(from.at())).orElse(from);
    }

    /** The end of a set before; the same moment where there is none. */
    Moment previous(Moment from) {
        return moment(ends.lowerEntry(from.at())).orElse(from);
    }

    /**
     * The sets that lead to a moment, in the order of their restore; where there is a way without
     * doubted ones, that.
     *
     * @throws BackupSetException when one is missing
     */
    List<BackupSet> chain(Moment moment) throws BackupSetException {
        Optional<List<BackupSet>> safe = trustedChain(moment);
        return safe.isPresent() ? safe.get() : chain(moment, times);
    }

    private static List<BackupSet> chain(Moment moment, RestoreTimes among)
            throws BackupSetException {
        BackupSet end = moment.end();
        return end == null ? among.chainTo(moment.at()) : RestoreChain.upTo(end, among.sets());
    }

    private static Optional<Moment> moment(Map.@Nullable Entry<LocalDateTime, Mark> entry) {
        return entry == null ? Optional.empty() : Optional.of(end(entry.getValue()));
    }

    private static Moment end(Mark mark) {
        return new Moment(mark.at(), mark.set());
    }
}
