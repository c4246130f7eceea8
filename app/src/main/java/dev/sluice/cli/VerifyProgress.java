package dev.sluice.cli;

import dev.sluice.media.VerifyListener;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shows a verification, percent by percent, and lets it be stopped. Safe from any thread. */
final class VerifyProgress implements VerifyListener {

    private static final int BAR = 40;

    private final PrintWriter out;
    private final boolean live;
    private final Glyphs glyphs;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private int shown;

    /**
     * @param live whether the line may be redrawn in place
     */
    VerifyProgress(PrintWriter out, boolean live, Glyphs glyphs) {
        this.out = out;
        this.live = live;
        this.glyphs = glyphs;
    }

    /** Makes the verification end soon. */
    void stop() {
        stopped.set(true);
    }

    @Override
    public boolean verified(long done, long total) {
        show(done, total);
        return !stopped.get();
    }

    private synchronized void show(long done, long total) {
        int percent = total == 0 ? 100 : (int) (100.0 * done / total);
        int step = live ? 1 : 10;
        if (percent / step * step <= shown) {
            return;
        }
        shown = percent / step * step;
        String of = Text.bytes(done) + " of " + Text.bytes(total);
        if (live) {
            out.print("\r" + bar() + " " + shown + "%  " + of + "\u001b[K");
        } else {
            out.println("  " + shown + " percent, " + of);
        }
        out.flush();
    }

    private String bar() {
        int full = shown * BAR / 100;
        return String.valueOf(glyphs.full()).repeat(full)
                + String.valueOf(glyphs.empty()).repeat(BAR - full);
    }

    /** Takes the redrawn line away. */
    void end() {
        if (live) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
