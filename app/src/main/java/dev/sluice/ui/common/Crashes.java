package dev.sluice.ui.common;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Instant;

/**
 * Hears of every defect of the window's code, logs it and tells the user once at a time. Jobs have
 * threads of their own and go on. FX thread.
 */
public final class Crashes implements UncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Crashes.class);

    private final Prompts prompts;
    private boolean telling;

    /** Tells through these prompts. */
    public Crashes(Prompts prompts) {
        this.prompts = prompts;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable defect) {
        CrashReport report = CrashReport.of(defect, Instant.now());
        LOG.error("{}: the window's code met a defect", report.code(), defect);
        // a defect that repeats with every pulse must not bury the window
        if (!telling) {
            telling = true;
            // no dialog can be opened in the middle of a pulse, where this may be
            FxThread.later(() -> prompts.crashed(report, () -> telling = false));
        }
    }
}
