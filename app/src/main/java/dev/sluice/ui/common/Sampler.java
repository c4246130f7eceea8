package dev.sluice.ui.common;

import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/**
 * Looks at something again and again, on the FX thread, so that nothing needs to be pushed. What is
 * looked at comes first: the more a look and its picture cost, the longer is the pause after it. FX
 * thread.
 */
public final class Sampler {

    private static final Duration TENTH = Duration.millis(100);
    private static final Duration SECOND = Duration.seconds(1);
    private static final Duration MINUTE = Duration.minutes(1);

    /** A look is followed by at least this many times what it cost. */
    private static final int RESTS = 20;

    private final Duration shortest;
    private final Duration longest;
    private final Runnable look;
    private final PauseTransition pause;

    /** Looks ten times a second, less often while the machine is busy; rests until started. */
    public Sampler(Runnable look) {
        this(TENTH, SECOND, look);
    }

    private Sampler(Duration shortest, Duration longest, Runnable look) {
        this.shortest = shortest;
        this.longest = longest;
        this.look = look;
        pause = new PauseTransition(shortest);
        pause.setOnFinished(over -> lookAndRest());
    }

    /** Looks once a minute; rests until started. */
    public static Sampler everyMinute(Runnable look) {
        return new Sampler(MINUTE, MINUTE, look);
    }

    /** Starts, or goes on. */
    public void start() {
        pause.play();
    }

    /** Rests. */
    public void stop() {
        pause.stop();
    }

    private void lookAndRest() {
        long start = System.nanoTime();
        pause.play();
        look.run();
        // after what this look has changed was laid out and handed to the renderer
        FxThread.later(() -> rest(System.nanoTime() - start));
    }

    private void rest(long cost) {
        // unless it was stopped meanwhile, by the look itself perhaps
        if (pause.getStatus() == Animation.Status.RUNNING) {
            pause.stop();
            pause.setDuration(pause(cost, shortest, longest));
            pause.play();
        }
    }

    /**
     * How long to rest.
     *
     * @param cost nanoseconds that the look and its picture took
     */
    static Duration pause(long cost, Duration shortest, Duration longest) {
        double millis = RESTS * (cost / 1e6);
        return Duration.millis(Math.clamp(millis, shortest.toMillis(), longest.toMillis()));
    }
}
