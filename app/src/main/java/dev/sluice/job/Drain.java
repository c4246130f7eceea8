package dev.sluice.job;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The drain's checklist with its times. The job's thread ticks it off; any thread reads it. */
final class Drain {

    private static final class Step {
        private final long began;
        private long ended;
        private boolean done;
        private Told told = Told.NOTHING;

        Step(long began) {
            this.began = began;
        }
    }

    private final LongSupplier nanos;
    private final Map<DrainStep.Phase, Step> steps = new EnumMap<>(DrainStep.Phase.class);
    private int atFirst;

    Drain(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized boolean hasBegun() {
        return !steps.isEmpty();
    }

    /** The step is under way. */
    synchronized void begin(DrainStep.Phase phase) {
        step(phase);
    }

    /** The step is done; doing it again changes only what it tells. */
    synchronized void done(DrainStep.Phase phase, Told told) {
        Step step = step(phase);
        if (!step.done) {
            step.ended = nanos.getAsLong();
            step.done = true;
        }
        step.told = told;
    }

    /** Buffers begin to come back. */
    synchronized void beginReturning(int outstanding) {
        atFirst = outstanding;
        step(DrainStep.Phase.BUFFERS_RETURNED);
        returned(outstanding, null);
    }

    /**
     * Whoever looks at the job tells how many buffers are still out; after an abort none is added.
     *
     * @param outstanding how many
     * @param note what holds them up; null for nothing
     */
    synchronized void returned(int outstanding, @Nullable Told note) {
        Step step = steps.get(DrainStep.Phase.BUFFERS_RETURNED);
        if (step == null || step.done) {
            return;
        }
        // a worker may just have fetched one when the abort was sent
        atFirst = Math.max(atFirst, outstanding);
        int back = atFirst - outstanding;
        if (outstanding == 0) {
            done(DrainStep.Phase.BUFFERS_RETURNED, Told.of("drain.returned", back, atFirst));
        } else {
            step.told =
                    note == null
                            ? Told.of("drain.returned", back, atFirst)
                            : Told.of("drain.returning", back, atFirst, note);
        }
    }

    /** Every phase in order; empty before the drain. */
    synchronized List<DrainStep> steps() {
        if (steps.isEmpty()) {
            return List.of();
        }
        List<DrainStep> lines = new ArrayList<>();
        for (DrainStep.Phase phase : DrainStep.Phase.values()) {
            lines.add(line(phase, steps.get(phase)));
        }
        return Collections.unmodifiableList(lines);
    }

    private DrainStep line(DrainStep.Phase phase, @Nullable Step step) {
        if (step == null) {
            return new DrainStep(phase, DrainStep.Status.PENDING, Duration.ZERO, Told.NOTHING);
        }
        long until = step.done ? step.ended : nanos.getAsLong();
        return new DrainStep(
                phase,
                step.done ? DrainStep.Status.DONE : DrainStep.Status.ACTIVE,
                Duration.ofNanos(until - step.began),
                step.told);
    }

    private Step step(DrainStep.Phase phase) {
        return steps.computeIfAbsent(phase, key -> new Step(nanos.getAsLong()));
    }
}
