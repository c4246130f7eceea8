package dev.sluice.media;

import dev.sluice.sql.BackupType;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sets that have to be restored, one after another, to get to the end of one of them: a full
 * backup, the newest usable differential, the logs. They are found by the LSNs in the headers;
 * where one of the sets around has none, as a compressed stream, by times, so that a missing log is
 * not noticed here. A copy-only full backup is no base of a differential, and does for logs; one of
 * a part of the database is neither.
 */
public final class RestoreChain {

    private static final Comparator<BackupSet> BY_TIME =
            Comparator.comparing(set -> set.manifest().started());

    private final BackupSet last;
    private final List<BackupSet> around;
    private final boolean byLsn;
    private @Nullable BackupSetException gap;

    private RestoreChain(BackupSet last, List<BackupSet> around) {
        this.last = last;
        this.around =
                around.stream()
                        .filter(set -> isOfSameDatabase(set, last))
                        .filter(set -> set.manifest().ofWholeDatabase())
                        .filter(set -> !isLast(set, last) && !startsAfter(set, last))
                        .sorted(BY_TIME)
                        .toList();
        this.byLsn =
                Stream.concat(this.around.stream(), Stream.of(last))
                        .allMatch(set -> set.manifest().header() != null);
    }

    /**
     * The sets to restore, in order; the last one is the given set.
     *
     * @param last the set whose end is to be reached
     * @param around the sets to choose from, such as those of a {@link BackupCatalog}; of other
     *     databases and servers, too
     * @throws BackupSetException when one is missing; the message says which
     */
    public static List<BackupSet> upTo(BackupSet last, List<BackupSet> around)
            throws BackupSetException {
        return new RestoreChain(last, around).find();
    }

    private List<BackupSet> find() throws BackupSetException {
        if (last.manifest().type() == BackupType.DIFFERENTIAL
                && !last.manifest().ofWholeDatabase()) {
            throw missing(Told.of("sets.ofPart", last.directory(), last.manifest().database()));
        }
        return switch (last.manifest().type()) {
            case FULL -> List.of(last);
            case DIFFERENTIAL -> List.of(baseOf(last).orElseThrow(this::noBase), last);
            case LOG -> withLogs();
        };
    }

    // ---- logs: the newest beginning from which they go on without a gap

    private List<BackupSet> withLogs() throws BackupSetException {
        for (BackupSet beginning : beginnings()) {
            Optional<List<BackupSet>> logs = logsFrom(beginning);
            if (logs.isPresent()) {
                List<BackupSet> chain = new ArrayList<>();
                if (beginning.manifest().type() == BackupType.DIFFERENTIAL) {
                    baseOf(beginning).ifPresent(chain::add);
                }
                chain.add(beginning);
                chain.addAll(logs.get());
                return List.copyOf(chain);
            }
        }
        throw gap == null
                ? missing(Told.of("sets.noFull", last.directory(), last.manifest().database()))
                : gap;
    }

    /** Full backups, and differential ones whose base is there: the newest first. */
    private List<BackupSet> beginnings() {
        return around.stream()
                .filter(
                        set ->
                                set.manifest().type() == BackupType.FULL
                                        || (set.manifest().type() == BackupType.DIFFERENTIAL
                                                && baseOf(set).isPresent()))
                .toList()
                .reversed();
    }

    private Optional<List<BackupSet>> logsFrom(BackupSet beginning) {
        return byLsn ? logsByLsn(beginning) : logsByTime(beginning);
    }

    private Optional<List<BackupSet>> logsByLsn(BackupSet beginning) {
        List<BackupSet> logs = new ArrayList<>();
        BackupSet at = beginning;
        if (lastLsn(last).compareTo(lastLsn(at)) < 0) {
            // it was taken while this log was, or later
            return Optional.empty();
        }
        while (firstLsn(last).compareTo(lastLsn(at)) > 0) {
            Optional<BackupSet> next = logAfter(at);
            if (next.isEmpty()) {
                noteGap(at);
                return Optional.empty();
            }
            at = next.get();
            logs.add(at);
        }
        logs.add(last);
        return Optional.of(logs);
    }

    /**
     * The log that goes on where a set ends. Where the log was forked by a restore, two begin
     * there: the newer one belongs to what was done last, as the set to be reached does.
     */
    private Optional<BackupSet> logAfter(BackupSet at) {
        BigInteger reached = lastLsn(at);
        return around.stream()
                .filter(set -> set.manifest().type() == BackupType.LOG)
                // a database backup may end within a log backup that began before it
                .filter(set -> at.manifest().type() != BackupType.LOG || !startsAfter(at, set))
                .filter(
                        set ->
                                firstLsn(set).compareTo(reached) <= 0
                                        && lastLsn(set).compareTo(reached) > 0
                                        && lastLsn(set).compareTo(lastLsn(last)) <= 0)
                .max(BY_TIME);
    }

    /** The gap after the newest beginning is what a user will want to close. */
    private void noteGap(BackupSet at) {
        if (gap != null) {
            return;
        }
        BackupSet next =
                around.stream()
                        .filter(set -> set.manifest().type() == BackupType.LOG)
                        .filter(set -> firstLsn(set).compareTo(lastLsn(at)) > 0)
                        .min(Comparator.comparing(RestoreChain::firstLsn))
                        .orElse(last);
        gap =
                missing(
                        Told.of(
                                "sets.noLog",
                                at.directory(),
                                lastLsn(at).toString(),
                                next.directory(),
                                firstLsn(next).toString()));
    }

    /** All that ended after the beginning did. */
    private Optional<List<BackupSet>> logsByTime(BackupSet beginning) {
        Instant from = beginning.manifest().finished();
        if (last.manifest().finished().isBefore(from)) {
            return Optional.empty();
        }
        List<BackupSet> logs = new ArrayList<>();
        around.stream()
                .filter(set -> set.manifest().type() == BackupType.LOG)
                // what a copy-only log holds is in the next ordinary one, too
                .filter(set -> !set.manifest().copyOnly())
                .filter(set -> set.manifest().finished().isAfter(from))
                .forEach(logs::add);
        logs.add(last);
        return Optional.of(logs);
    }

    // ---- differential backups

    private Optional<BackupSet> baseOf(BackupSet differential) {
        Manifest manifest = differential.manifest();
        Stream<BackupSet> fulls =
                around.stream()
                        .filter(set -> set.manifest().type() == BackupType.FULL)
                        .filter(set -> !set.manifest().copyOnly());
        String id = manifest.base();
        if (id != null) {
            return fulls.filter(set -> set.manifest().id().equals(id)).findFirst();
        }
        Manifest.Header header = manifest.header();
        return header != null && byLsn
                ? fulls.filter(set -> set.manifest().isBaseOf(header)).reduce((one, two) -> two)
                : fulls.filter(set -> startsAfter(differential, set)).reduce((one, two) -> two);
    }

    private BackupSetException noBase() {
        Manifest.Header header = last.manifest().header();
        String database = last.manifest().database();
        return missing(
                header == null
                        ? Told.of("sets.noBase", last.directory(), database)
                        : Told.of(
                                "sets.noBase.lsn",
                                last.directory(),
                                database,
                                String.valueOf(header.databaseBackupLsn())));
    }

    private BackupSetException missing(Told message) {
        return new BackupSetException(last.directory(), message, null);
    }

    // ---- what a set says about itself

    private static boolean isLast(BackupSet set, BackupSet last) {
        return set.manifest().id().equals(last.manifest().id());
    }

    private static boolean startsAfter(BackupSet one, BackupSet other) {
        return one.manifest().started().isAfter(other.manifest().started());
    }

    static boolean isOfSameDatabase(BackupSet one, BackupSet other) {
        Manifest left = one.manifest();
        Manifest right = other.manifest();
        return left.server().equals(right.server())
                && left.database().equalsIgnoreCase(right.database())
                && isOfSameServer(left.header(), right.header());
    }

    /** A server may have got another's name since. */
    private static boolean isOfSameServer(
            Manifest.@Nullable Header one, Manifest.@Nullable Header other) {
        return one == null || other == null || one.server().equalsIgnoreCase(other.server());
    }

    private static BigInteger firstLsn(BackupSet set) {
        return lsn(header(set).firstLsn());
    }

    private static BigInteger lastLsn(BackupSet set) {
        return lsn(header(set).lastLsn());
    }

    private static Manifest.Header header(BackupSet set) {
        Manifest.Header header = set.manifest().header();
        if (header == null) {
            throw new IllegalStateException("LSNs are compared only where every set has a header");
        }
        return header;
    }

    private static BigInteger lsn(String decimal) {
        return new BigInteger(decimal);
    }
}
