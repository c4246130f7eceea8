package dev.sluice.job;

import dev.sluice.job.RunRecord.Finding;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest verdict on each backup set, by a server or by Sluice itself: the last verification
 * that found something out. One that was stopped, or could not read the set, changes nothing.
 * Immutable.
 */
public final class Verdicts {

    /** No verdict on any set. */
    public static final Verdicts NONE = of(List.of());

    private final Map<Path, RunRecord> newest = new HashMap<>();

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
        more.newest.putAll(newest);
        more.add(run);
        return more;
    }

    private void add(RunRecord run) {
        Path set = run.set();
        if (run.finding() != Finding.NONE && set != null) {
            newest.merge(
                    written(set),
                    run,
                    (one, other) -> other.started().isAfter(one.started()) ? other : one);
        }
    }

    /**
     * The run that came to the verdict on a set; null when none did.
     *
     * @param set its folder; null for none
     */
    public @Nullable RunRecord on(@Nullable Path set) {
        return set == null ? null : newest.get(written(set));
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
