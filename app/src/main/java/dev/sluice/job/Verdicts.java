package dev.sluice.job;

import dev.sluice.job.RunRecord.Finding;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The newest verdict on each backup set, by a server or by Sluice itself: the last verification
 * that found something out. One that was stopped, or could not read the set, changes nothing. What
 * a server refused only a server clears: Sluice sees that the bytes are those that were written,
 * not what is in them. Immutable.
 */
public final class Verdicts {

    /** No verdict on any set. */
    public static final Verdicts NONE = of(List.of());

    private final Map<Path, RunRecord> byServer = new HashMap<>();
    private final Map<Path, RunRecord> byUs = new HashMap<>();

    private Verdicts() {}

    /**
     * The verdicts of a history.
     *
     * @param runs in any order
     */
    public static Verdicts of(List<RunRecord> runs) {
        Verdicts verdicts = new Verdicts();
        runs.forEach(verdicts::add);
        return verdicts;
    }

    /**
     * The verdicts of a history, also on sets that were found on the disk where a row has them
     * through a link. Waits for the disk.
     *
     * @param runs in any order
     * @param found the folders of the sets, with links followed
     */
    public static Verdicts onFound(List<RunRecord> runs, Collection<Path> found) {
        Verdicts verdicts = of(runs);
        // the folder of a set is no link itself: a share that has none of these is not waited for
        Set<@Nullable Path> names = new HashSet<>();
        found.forEach(folder -> names.add(folder.getFileName()));
        for (RunRecord run : runs) {
            Path set = run.set();
            if (isVerdict(run) && set != null && names.contains(set.getFileName())) {
                verdicts.add(RunHistory.canonical(set), run);
            }
        }
        return verdicts;
    }

    private void add(RunRecord run) {
        Path set = run.set();
        if (isVerdict(run) && set != null) {
            add(written(set), run);
        }
    }

    private void add(Path set, RunRecord run) {
        Map<Path, RunRecord> newest = run.kind() == JobKind.CHECK ? byUs : byServer;
        newest.merge(set, run, Verdicts::newer);
    }

    private static boolean isVerdict(RunRecord run) {
        return run.finding() != Finding.NONE;
    }

    /**
     * The run that came to the verdict on a set; null when none did.
     *
     * @param set its folder; null for none
     */
    public @Nullable RunRecord on(@Nullable Path set) {
        RunRecord server = set == null ? null : byServer.get(written(set));
        RunRecord ours = set == null ? null : byUs.get(written(set));
        if (server == null || ours == null) {
            return server == null ? ours : server;
        }
        boolean refused = server.finding() == Finding.DAMAGED && ours.finding() == Finding.GOOD;
        return refused ? server : newer(ours, server);
    }

    private static RunRecord newer(RunRecord one, RunRecord other) {
        return other.started().isAfter(one.started()) ? other : one;
    }

    /** Whether a set did not pass the last verification that found something out. */
    public boolean isDamaged(@Nullable Path set) {
        RunRecord verdict = on(set);
        return verdict != null && verdict.finding() == Finding.DAMAGED;
    }

    /** Without looking at the disk: a share that is gone would be waited for. */
    private static Path written(Path set) {
        return set.toAbsolutePath().normalize();
    }
}
