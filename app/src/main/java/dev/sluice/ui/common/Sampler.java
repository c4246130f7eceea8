package dev.sluice.ui.common;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;

/** Looks at something again and again, on the FX thread, so that nothing needs to be pushed. */
public final class Sampler {

    private static final Duration PERIOD = Duration.millis(100);

    private final Timeline timeline;

    /** Looks ten times a second; rests until started. */
    public Sampler(Runnable look) {
        this(PERIOD, look);
    }

    private Sampler(Duration period, Runnable look) {
        timeline = new Timeline(new KeyFrame(period, tick -> look.run()));
        timeline.setCycleCount(Animation.INDEFINITE);
    }

    /** Looks once a minute; rests until started. */
    public static Sampler everyMinute(Runnable look) {
        return new Sampler(Duration.minutes(1), look);
    }

    /** Starts, or goes on. */
    public void start() {
        timeline.play();
    }

    /** Rests. */
    public void stop() {
        timeline.stop();
    }
}
