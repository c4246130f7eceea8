package dev.sluice.job;

import dev.sluice.job.RunRecord.Finding;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** These, and that of one more run, where it came to one. */
    public Verdicts with(RunRecord run) {
        Verdicts more = new Verdicts();
        more.byServer.putAll(byServer);
        more.byUs.putAll(byUs);
        more.add(run);
        return more;
    }

    private void add(RunRecord run) {
        Path set = run.set();
        if (run.finding() != Finding.NONE && set != null) {
            Map<Path, RunRecord> newest = run.kind() == JobKind.CHECK ? byUs : byServer;
            newest.merge(written(set), run, Verdicts::newer);
        }
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
