package dev.sluice.ui.common;

import javafx.animation.AnimationTimer;
import javafx.util.Duration;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.function.BooleanSupplier;

/**
 * Looks at something again and again, on the FX thread, so that nothing needs to be pushed. What is
 * looked at comes first: the more processor time a look and its picture cost, the longer is the
 * pause after it. Between two looks nothing is drawn, there is not even a pulse. FX thread.
 */
public final class Sampler {

    private static final Duration TENTH = Duration.millis(100);
    private static final Duration TWO_SECONDS = Duration.seconds(2);
    private static final Duration MINUTE = Duration.minutes(1);

    /** A look is followed by at least this many times what it cost. */
    private static final int RESTS = 50;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Duration shortest;
    private final Duration longest;
    private final BooleanSupplier urgent;
    private final Runnable look;
    private final Drawn drawn = new Drawn();
    private boolean running;

    /** Counts what was planned: only the last plan is carried out. */
    private int plans;

    /** Looks ten times a second, less often when a look is dear; rests until started. */
    public Sampler(Runnable look) {
        this(look, () -> false);
    }

    /**
     * The same; rests until started.
     *
     * @param urgent whether someone waits for what is looked at: then it is looked at as often as
     *     can be, whatever a look costs
     */
    public Sampler(Runnable look, BooleanSupplier urgent) {
        this(TENTH, TWO_SECONDS, urgent, look);
    }

    private Sampler(Duration shortest, Duration longest, BooleanSupplier urgent, Runnable look) {
        this.shortest = shortest;
        this.longest = longest;
        this.urgent = urgent;
        this.look = look;
    }

    /** Looks once a minute; rests until started. */
    public static Sampler everyMinute(Runnable look) {
        return new Sampler(MINUTE, MINUTE, () -> false, look);
    }

    /** Starts, unless it looks already. */
    public void start() {
        if (!running) {
            running = true;
            plan(shortest);
        }
    }

    /** Rests. */
    public void stop() {
        running = false;
        drawn.stop();
    }

    private void plan(Duration pause) {
        rest(++plans, pause);
    }

    // in pieces, so that it is noticed when it becomes urgent
    private void rest(int plan, Duration left) {
        Duration piece = left.lessThan(shortest) ? left : shortest;
        FxThread.later(piece, () -> rested(plan, left.subtract(piece)));
    }

    private void rested(int plan, Duration left) {
        // it may have been stopped meanwhile, and even started again
        if (!running || plan != plans) {
            return;
        }
        if (left.greaterThan(Duration.ZERO) && !urgent.getAsBoolean()) {
            rest(plan, left);
        } else {
            drawn.since(spent());
            look.run();
        }
    }

    /** Processor time of the two threads that make the picture, in nanoseconds. */
    private static long spent() {
        return THREADS.getCurrentThreadCpuTime() + Renderer.spent();
    }

    /**
     * How long to rest.
     *
     * @param cost nanoseconds of processor time that the look and its picture took
     */
    static Duration pause(long cost, Duration shortest, Duration longest) {
        double millis = RESTS * (cost / 1e6);
        return Duration.millis(Math.clamp(millis, shortest.toMillis(), longest.toMillis()));
    }

    /** Waits for the second pulse, which comes when the first one has laid the picture out. */
    private final class Drawn extends AnimationTimer {

        private long spentBefore;
        private int pulses;

        void since(long spent) {
            spentBefore = spent;
            pulses = 0;
            start();
        }

        @Override
        public void handle(long now) {
            if (++pulses == 2) {
                stop();
                plan(pause(spent() - spentBefore, shortest, longest));
            }
        }
    }

    /** The thread of the toolkit that draws what the FX thread has laid out. */
    private static final class Renderer {

        private static final String NAME = "QuantumRenderer";
        private static final long ID = find();

        private static long find() {
            for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
                if (thread != null && thread.getThreadName().startsWith(NAME)) {
                    return thread.getThreadId();
                }
            }
            return 0;
        }

        /** Processor time in nanoseconds; 0 where the toolkit calls its thread something else. */
        static long spent() {
            return ID == 0 ? 0 : THREADS.getThreadCpuTime(ID);
        }
    }
}
