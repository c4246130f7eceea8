package dev.sluice.job;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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

    /** The ids of the buffers that were in our hands when the abort was sent. */
    private final BitSet wereOut = new BitSet();

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

    /**
     * Buffers begin to come back.
     *
     * @param buffers looks at them; the abort has been sent
     * @param commands as in {@link #look}
     */
    synchronized void beginReturning(Supplier<List<BufferUse>> buffers, int commands) {
        step(DrainStep.Phase.BUFFERS_RETURNED);
        look(buffers, commands, null);
    }

    /**
     * What is seen in one look.
     *
     * @param buffers what is done with each
     * @param steps every phase in order; empty before the drain
     */
    record Look(List<BufferUse> buffers, List<DrainStep> steps) {}

    /**
     * Looks at the job's buffers: in a drain, those that were out and are back are {@link
     * BufferUse#RETURNED}. After an abort none goes out.
     *
     * @param buffers looks at them, into a list of its own; no earlier, for a look from before the
     *     drain would tell of buffers that were not out yet
     * @param commands how many are in our hands, those that carry no buffer, such as a flush, among
     *     them: as long as there is one, the drain waits
     * @param note what holds up those still out; null for nothing
     */
    synchronized Look look(Supplier<List<BufferUse>> buffers, int commands, @Nullable Told note) {
        List<BufferUse> now = buffers.get();
        Step step = steps.get(DrainStep.Phase.BUFFERS_RETURNED);
        if (step != null) {
            int outstanding = markReturned(now);
            if (!step.done) {
                tell(step, outstanding, commands, note);
            }
        }
        return new Look(Collections.unmodifiableList(now), steps());
    }

    /** Returns how many are still out. */
    private int markReturned(List<BufferUse> now) {
        int outstanding = 0;
        for (int id = 0; id < now.size(); id++) {
            if (now.get(id).isOurs()) {
                outstanding++;
                // a worker may just have fetched it when the abort was sent
                wereOut.set(id);
            } else if (wereOut.get(id)) {
                now.set(id, BufferUse.RETURNED);
            }
        }
        return outstanding;
    }

    private void tell(Step step, int outstanding, int commands, @Nullable Told note) {
        int atFirst = wereOut.cardinality();
        int back = atFirst - outstanding;
        if (outstanding == 0 && commands == 0) {
            allReturned();
        } else if (note == null) {
            step.told = Told.of("drain.returned", back, atFirst);
        } else {
            step.told = atFirst == 0 ? note : Told.of("drain.returning", back, atFirst, note);
        }
    }

    /** Nothing is in our hands any more. */
    synchronized void allReturned() {
        int all = wereOut.cardinality();
        done(DrainStep.Phase.BUFFERS_RETURNED, Told.of("drain.returned", all, all));
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
