package dev.sluice.job;

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
        private String detail = "";

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

    /** The step is done; doing it again changes only the detail. */
    synchronized void done(DrainStep.Phase phase, String detail) {
        Step step = step(phase);
        if (!step.done) {
            step.ended = nanos.getAsLong();
            step.done = true;
        }
        step.detail = detail;
    }

    /** Buffers begin to come back. */
    synchronized void beginReturning(int outstanding) {
        atFirst = outstanding;
        step(DrainStep.Phase.BUFFERS_RETURNED);
        returned(outstanding, "");
    }

    /**
     * Whoever looks at the job tells how many buffers are still out; after an abort none is added.
     *
     * @param outstanding how many
     * @param note what holds them up; may be empty
     */
    synchronized void returned(int outstanding, String note) {
        Step step = steps.get(DrainStep.Phase.BUFFERS_RETURNED);
        if (step == null || step.done) {
            return;
        }
        // a worker may just have fetched one when the abort was sent
        atFirst = Math.max(atFirst, outstanding);
        String text = "%d of %d buffers returned".formatted(atFirst - outstanding, atFirst);
        if (outstanding == 0) {
            done(DrainStep.Phase.BUFFERS_RETURNED, text);
        } else {
            step.detail = note.isEmpty() ? text : text + "; " + note;
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
            return new DrainStep(phase, DrainStep.Status.PENDING, Duration.ZERO, "");
        }
        long until = step.done ? step.ended : nanos.getAsLong();
        return new DrainStep(
                phase,
                step.done ? DrainStep.Status.DONE : DrainStep.Status.ACTIVE,
                Duration.ofNanos(until - step.began),
                step.detail);
    }

    private Step step(DrainStep.Phase phase) {
        return steps.computeIfAbsent(phase, key -> new Step(nanos.getAsLong()));
    }
}
