package dev.sluice.ui.sets;

import dev.sluice.job.SetCheck;
import dev.sluice.job.SluiceEngine;
import dev.sluice.job.Triggers;

import java.io.IOException;
import java.nio.file.Path;

/** A verification of a set. One thread runs it; any may follow and stop it. */
final class Verification {

    private final SluiceEngine engine;
    private final Path folder;
    private volatile double fraction;
    private volatile boolean stopped;

    Verification(SluiceEngine engine, Path folder) {
        this.engine = engine;
        this.folder = folder;
    }

    /**
     * Reads every byte.
     *
     * @throws IOException when there is no set, and none that the history knows of ever was
     */
    SetCheck run() throws IOException, InterruptedException {
        return engine.check(folder, Triggers.WINDOW, this::verified);
    }

    private boolean verified(long done, long total) {
        fraction = total == 0 ? 1 : (double) done / total;
        return !stopped;
    }

    /** From 0 to 1. */
    double fraction() {
        return fraction;
    }

    void stop() {
        stopped = true;
    }
}
