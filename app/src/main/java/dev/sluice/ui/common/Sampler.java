package dev.sluice.ui.common;

import javafx.animation.AnimationTimer;
import javafx.util.Duration;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Looks at something again and again, on the FX thread, so that nothing needs to be pushed. What is
 * looked at comes first: the more processor time a look and its picture cost, the longer is the
 * pause after it. Between two looks nothing happens, not even a pulse. FX thread.
 */
public final class Sampler {

    private static final Duration TENTH = Duration.millis(100);
    private static final Duration SECOND = Duration.seconds(1);
    private static final Duration MINUTE = Duration.minutes(1);

    /** A look is followed by at least this many times what it cost. */
    private static final int RESTS = 50;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Duration shortest;
    private final Duration longest;
    private final Runnable look;
    private final Drawn drawn = new Drawn();
    private boolean running;

    /** Counts what was planned: only the last plan is carried out. */
    private int plans;

    /** Looks ten times a second, less often when a look is dear; rests until started. */
    public Sampler(Runnable look) {
        this(TENTH, SECOND, look);
    }

    private Sampler(Duration shortest, Duration longest, Runnable look) {
        this.shortest = shortest;
        this.longest = longest;
        this.look = look;
    }

    /** Looks once a minute; rests until started. */
    public static Sampler everyMinute(Runnable look) {
        return new Sampler(MINUTE, MINUTE, look);
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
        int plan = ++plans;
        FxThread.later(pause, () -> lookAsPlanned(plan));
    }

    private void lookAsPlanned(int plan) {
        // it may have been stopped meanwhile, and even started again
        if (running && plan == plans) {
            drawn.since(spent());
            look.run();
        }
    }

    /** Processor time of this thread, in nanoseconds. */
    private static long spent() {
        return THREADS.getCurrentThreadCpuTime();
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
}
