package dev.sluice.ui.common;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;

/** Looks at something ten times a second, on the FX thread, so that nothing needs to be pushed. */
public final class Sampler {

    private static final Duration PERIOD = Duration.millis(100);

    private final Timeline timeline;

    /** A sampler that rests until started. */
    public Sampler(Runnable look) {
        timeline = new Timeline(new KeyFrame(PERIOD, tick -> look.run()));
        timeline.setCycleCount(Animation.INDEFINITE);
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
