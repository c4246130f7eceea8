package dev.sluice.ui.restore;

import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetException;
import dev.sluice.media.RestoreChain;
import dev.sluice.media.RestoreTimes;
import dev.sluice.media.RestoreTimes.Span;
import dev.sluice.media.RestoreWays;
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
import java.util.function.Predicate;

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
    private final RestoreWays ways;
    private final List<Mark> marks;
    private final NavigableMap<LocalDateTime, Mark> ends = new TreeMap<>();
    private final Optional<Moment> proposed;

    private TimeLine(RestoreTimes times, Set<Path> doubted) {
        this.times = times;
        Predicate<BackupSet> isDoubted = set -> doubted.contains(set.directory());
        this.ways = RestoreWays.of(times, isDoubted);
        marks =
                times.sets().stream()
                        .map(
                                set ->
                                        new Mark(
                                                set,
                                                RestoreTimes.reach(set),
                                                times.isReachable(set),
                                                isDoubted.test(set)))
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

    private Optional<Moment> lastTrusted() {
        return marks.reversed().stream()
                .filter(mark -> ways.isTrusted(mark.set()))
                .map(TimeLine::end)
                .findFirst();
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
        BackupSet end = moment.end();
        Optional<List<BackupSet>> safe = end == null ? ways.to(moment.at()) : ways.upTo(end);
        if (safe.isPresent()) {
            return safe.get();
        }
        return end == null ? times.chainTo(moment.at()) : RestoreChain.upTo(end, times.sets());
    }

    private static Optional<Moment> moment(Map.@Nullable Entry<LocalDateTime, Mark> entry) {
        return entry == null ? Optional.empty() : Optional.of(end(entry.getValue()));
    }

    private static Moment end(Mark mark) {
        return new Moment(mark.at(), mark.set());
    }
}
