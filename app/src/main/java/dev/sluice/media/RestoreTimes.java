package dev.sluice.media;

import dev.sluice.sql.BackupType;
import dev.sluice.words.Told;

import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The moments a database can be restored to from some of its sets: the ends of its backups, and any
 * moment of the spans that log backups cover without a gap. Times are local to the server that made
 * the backups, as STOPAT wants them, and whole seconds. Immutable.
 */
public final class RestoreTimes {

    /**
     * A span in which a restore can stop anywhere.
     *
     * @param from the end of the backup that it begins with
     * @param to as far as its last log backup reaches
     */
    public record Span(LocalDateTime from, LocalDateTime to) {

        /** Whether a moment is in it, its ends included. */
        public boolean contains(LocalDateTime moment) {
            return !moment.isBefore(from) && !moment.isAfter(to);
        }
    }

    private final List<BackupSet> sets;
    private final List<BackupSet> beginnings;
    private final List<BackupSet> logs;
    private final List<Span> spans;

    private RestoreTimes(List<BackupSet> given) {
        sets =
                given.stream()
                        .filter(set -> set.manifest().ofWholeDatabase())
                        .sorted(Comparator.comparing(RestoreTimes::reach))
                        .toList();
        beginnings = sets.stream().filter(this::canBegin).toList();
        logs = sets.stream().filter(set -> set.manifest().type() == BackupType.LOG).toList();
        spans = List.copyOf(findSpans());
    }

    /**
     * The moments that these sets lead to.
     *
     * @param sets those of one database, in any order; those of a part of it count for nothing
     */
    public static RestoreTimes of(List<BackupSet> sets) {
        return new RestoreTimes(sets);
    }

    /**
     * The moments that the sets of one database lead to.
     *
     * @param set one of them
     * @param around the sets to choose from, such as those of a {@link BackupCatalog}; of other
     *     databases and servers, too
     */
    public static RestoreTimes around(BackupSet set, List<BackupSet> around) {
        return of(
                around.stream()
                        .filter(other -> RestoreChain.isOfSameDatabase(other, set))
                        .toList());
    }

    /**
     * The moment that the database is brought to by a restore that ends with this set. Of a log
     * backup it is the time it began at, as what it holds of the time it ran is uncertain.
     */
    public static LocalDateTime reach(BackupSet set) {
        Manifest manifest = set.manifest();
        LocalDateTime start = start(manifest);
        if (manifest.type() == BackupType.LOG) {
            return start.truncatedTo(ChronoUnit.SECONDS);
        }
        Duration length = Duration.between(manifest.started(), manifest.finished());
        // a database backup is too late for a stop in the second in which it ended
        return start.plus(length).plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
    }

    private static LocalDateTime start(Manifest manifest) {
        Manifest.Header header = manifest.header();
        LocalDateTime told = header == null ? null : header.start();
        return told == null
                ? LocalDateTime.ofInstant(manifest.started(), ZoneId.systemDefault())
                : told;
    }

    /** The sets of the whole database, by the moment they reach. */
    public List<BackupSet> sets() {
        return sets;
    }

    /** Where a restore can stop anywhere, in order; none without log backups. */
    public List<Span> spans() {
        return spans;
    }

    /** Whether a restore can end with this set. */
    public boolean isReachable(BackupSet set) {
        return set.manifest().type() == BackupType.LOG
                ? spans.stream().anyMatch(span -> span.contains(reach(set)))
                : beginnings.contains(set);
    }

    /**
     * The sets to restore, in order, for a stop at a moment: up to the first log backup that
     * reaches it, from the newest database backup that ended before it.
     *
     * @throws BackupSetException when a set is missing, as the full backup is before the first one
     *     ended, or no log backup reaches the moment
     */
    public List<BackupSet> chainTo(LocalDateTime moment) throws BackupSetException {
        List<BackupSet> before =
                sets.stream()
                        .filter(
                                set ->
                                        set.manifest().type() == BackupType.LOG
                                                || !reach(set).isAfter(moment))
                        .toList();
        if (before.stream().noneMatch(RestoreTimes::isFull)) {
            throw tooEarly(moment);
        }
        BackupSetException missing = null;
        for (BackupSet log : logs) {
            if (!reach(log).isBefore(moment)) {
                try {
                    return RestoreChain.upTo(log, before);
                } catch (BackupSetException e) {
                    missing = missing == null ? e : missing;
                }
            }
        }
        throw Objects.requireNonNullElseGet(missing, () -> tooLate(moment));
    }

    private static boolean isFull(BackupSet set) {
        return set.manifest().type() == BackupType.FULL;
    }

    private BackupSetException tooEarly(LocalDateTime moment) {
        BackupSet first = sets.stream().filter(RestoreTimes::isFull).findFirst().orElse(null);
        return new BackupSetException(
                first == null ? null : first.directory(),
                first == null
                        ? Told.of("sets.noFullBefore.none", moment.toString())
                        : Told.of(
                                "sets.noFullBefore",
                                moment.toString(),
                                first.directory(),
                                reach(first).toString()),
                null);
    }

    private BackupSetException tooLate(LocalDateTime moment) {
        BackupSet last = sets.getLast();
        return new BackupSetException(
                last.directory(),
                Told.of(
                        "sets.noLogReaches",
                        moment.toString(),
                        last.directory(),
                        reach(last).toString()),
                null);
    }

    private boolean canBegin(BackupSet set) {
        if (set.manifest().type() == BackupType.LOG) {
            return false;
        }
        try {
            return !RestoreChain.upTo(set, sets).isEmpty();
        } catch (BackupSetException e) {
            return false;
        }
    }

    // ---- spans: logs that join each other, from the first database backup within them

    private List<Span> findSpans() {
        boolean byLsn = sets.stream().allMatch(set -> set.manifest().header() != null);
        List<Span> found = new ArrayList<>();
        List<BackupSet> run = new ArrayList<>();
        BigInteger reached = BigInteger.ZERO;
        for (BackupSet log : logs) {
            if (byLsn && !run.isEmpty() && firstLsn(log).compareTo(reached) > 0) {
                addSpan(run, byLsn, found);
                run.clear();
            }
            run.add(log);
            reached = byLsn ? reached.max(lastLsn(log)) : reached;
        }
        addSpan(run, byLsn, found);
        return found;
    }

    private void addSpan(List<BackupSet> run, boolean byLsn, List<Span> found) {
        if (run.isEmpty()) {
            return;
        }
        LocalDateTime to = reach(run.getLast());
        beginnings.stream()
                .filter(set -> !byLsn || lastLsn(set).compareTo(firstLsn(run.getFirst())) >= 0)
                .map(RestoreTimes::reach)
                .filter(from -> from.isBefore(to))
                .findFirst()
                .ifPresent(from -> found.add(new Span(from, to)));
    }

    private static BigInteger firstLsn(BackupSet set) {
        return new BigInteger(header(set).firstLsn());
    }

    private static BigInteger lastLsn(BackupSet set) {
        return new BigInteger(header(set).lastLsn());
    }

    private static Manifest.Header header(BackupSet set) {
        return Objects.requireNonNull(
                set.manifest().header(), "LSNs are compared only where every set has a header");
    }
}
