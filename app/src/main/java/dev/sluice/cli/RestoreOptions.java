package dev.sluice.cli;

import dev.sluice.job.RestoreRequest;
import dev.sluice.job.Verdicts;
import dev.sluice.media.BackupCatalog;
import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetException;
import dev.sluice.media.RestoreChain;
import dev.sluice.media.RestoreTimes;
import dev.sluice.media.RestoreWays;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.sql.StopAt;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Options that describe a restore. */
final class RestoreOptions {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "SETDIR",
            description =
                    "Folder of a backup set: the one that holds manifest.json; given more than"
                            + " once, in the order of their restore.")
    private List<Path> sets = List.of();

    @Option(
            names = "--chain",
            description =
                    "With one --from: restore first what that set builds on, found beside it: the"
                            + " full backup, the differential one, the logs. With --stop-at: what"
                            + " leads to that time, of all sets of its database found there. Sets"
                            + " that did not pass their last verification are taken only where"
                            + " there is no way without them, with a warning.")
    private boolean chain;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "The database to restore to; the name in the set unless given.")
    private @Nullable String database;

    @Option(
            names = "--replace",
            description = "Overwrite the database if it exists, whatever it holds.")
    private boolean replace;

    @ArgGroup private Afterwards afterwards = new Afterwards();
    @ArgGroup private Stop stop = new Stop();

    @Option(
            names = "--after",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "Of a mark: the first one at or after this time.")
    private @Nullable LocalDateTime after;

    @Option(
            names = "--move",
            paramLabel = "FILE=PATH",
            description =
                    "Where a file goes on the server, by its logical name; repeatable. Others keep"
                            + " the place they have, or go to the server's folders.")
    private Map<String, String> moves = Map.of();

    @Option(
            names = "--data-folder",
            paramLabel = "DIR",
            description = "Folder on the server for data files; the instance's own unless given.")
    private @Nullable String dataFolder;

    @Option(
            names = "--log-folder",
            paramLabel = "DIR",
            description = "Folder on the server for log files; the instance's own unless given.")
    private @Nullable String logFolder;

    @Option(
            names = "--close-connections",
            description =
                    "Close other connections to the database first; their transactions are rolled"
                            + " back.")
    private boolean closeConnections;

    @Option(names = "--checksum", description = "Demand that the backups have checksums.")
    private boolean checksum;

    /** What state the last statement leaves the database in. */
    private static final class Afterwards {

        @Option(
                names = "--no-recovery",
                description = "Leave the database restoring, for a further backup to follow.")
        private boolean noRecovery;

        @Option(
                names = "--standby",
                paramLabel = "FILE",
                description =
                        "Leave it readable, and open to further restores; the file on the server"
                                + " keeps what is undone meanwhile.")
        private @Nullable String standby;

        Recovery recovery() {
            if (noRecovery) {
                return new Recovery.NoRecovery();
            }
            return standby == null ? new Recovery.Recover() : new Recovery.Standby(standby);
        }
    }

    /** Where the log backups stop. */
    private static final class Stop {

        @Option(
                names = "--stop-at",
                paramLabel = "TIME",
                converter = MomentConverter.class,
                description =
                        "Stop the log at this time of the server, such as 2026-01-02T03:04:05.")
        private @Nullable LocalDateTime time;

        @Option(
                names = "--stop-at-mark",
                paramLabel = "MARK",
                description = "Stop with this marked transaction, or lsn:<number>.")
        private @Nullable String atMark;

        @Option(
                names = "--stop-before-mark",
                paramLabel = "MARK",
                description = "Stop before this marked transaction, or lsn:<number>.")
        private @Nullable String beforeMark;

        StopAt stopAt(@Nullable LocalDateTime after) {
            if (atMark != null) {
                return new StopAt.AtMark(atMark, after);
            }
            if (beforeMark != null) {
                return new StopAt.BeforeMark(beforeMark, after);
            }
            if (after != null) {
                throw new IllegalArgumentException(
                        "--after belongs to --stop-at-mark or --stop-before-mark");
            }
            return time == null ? new StopAt.End() : new StopAt.Time(time);
        }
    }

    /**
     * The sets in the order of their restore; looks around on the disk for a chain, and warns of
     * its sets that the history doubts.
     *
     * @throws IllegalArgumentException when the options do not fit together
     * @throws BackupSetException when a set of the chain, or a stripe of one, is missing
     */
    List<Path> sets(CliContext context) throws IOException {
        List<Path> given = sets.stream().map(set -> set.toAbsolutePath().normalize()).toList();
        if (!chain) {
            return given;
        }
        if (given.size() > 1) {
            throw new IllegalArgumentException(
                    "--chain finds the sets before the one of --from; give --from once");
        }
        BackupSet last = BackupSet.open(given.getFirst());
        Path beside = Objects.requireNonNullElse(last.directory().getParent(), last.directory());
        BackupCatalog catalog = BackupCatalog.find(beside);
        Verdicts verdicts =
                Verdicts.onFound(
                        context.engine().history().list(),
                        catalog.sets().stream().map(BackupSet::directory).toList());
        List<Path> found =
                chainTo(last, catalog, verdicts).stream().map(BackupSet::directory).toList();
        PrintWriter err = context.terminal().err();
        found.stream()
                .filter(verdicts::isDamaged)
                .forEach(
                        set ->
                                err.printf(
                                        "warning: the set %s did not pass its last verification%n",
                                        set));
        err.flush();
        return found;
    }

    private List<BackupSet> chainTo(BackupSet last, BackupCatalog catalog, Verdicts verdicts)
            throws IOException {
        Set<Path> whole =
                catalog.withStripesChecked().sets().stream()
                        .map(BackupSet::directory)
                        .collect(Collectors.toSet());
        RestoreTimes times = RestoreTimes.around(last, catalog.sets());
        Predicate<BackupSet> lost = set -> !set.equals(last) && !whole.contains(set.directory());
        Predicate<BackupSet> lostOrDamaged = lost.or(set -> verdicts.isDamaged(set.directory()));
        Optional<List<BackupSet>> way =
                wayTo(last, RestoreWays.of(times, lostOrDamaged))
                        .or(() -> wayTo(last, RestoreWays.of(times, lost)));
        if (way.isPresent()) {
            return way.get();
        }
        List<BackupSet> needed =
                stop.time == null
                        ? RestoreChain.upTo(last, times.sets())
                        : times.chainTo(stop.time);
        for (BackupSet set : needed) {
            // says which stripe is missing
            BackupSet.open(set.directory());
        }
        return needed;
    }

    private Optional<List<BackupSet>> wayTo(BackupSet last, RestoreWays ways) {
        return stop.time == null ? ways.upTo(last) : ways.to(stop.time);
    }

    /**
     * What to do.
     *
     * @param sets in the order of their restore
     * @throws IllegalArgumentException when it can never work
     */
    RestoreRequest request(String server, List<Path> sets, ScopeOptions parts, PaceOptions pace) {
        return new RestoreRequest(
                server,
                sets,
                database,
                new RestoreRequest.Options(
                        replace,
                        checksum,
                        afterwards.recovery(),
                        stop.stopAt(after),
                        parts.restored(),
                        parts.partial(),
                        moves.entrySet().stream()
                                .map(move -> new Move(move.getKey(), move.getValue()))
                                .toList(),
                        dataFolder,
                        logFolder,
                        closeConnections),
                // the block size is each set's
                pace.transfer(0),
                pace.limitRate());
    }
}
