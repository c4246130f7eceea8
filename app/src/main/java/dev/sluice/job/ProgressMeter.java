package dev.sluice.job;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Rates over the last seconds, worked out from samples that whoever looks brings along. The workers
 * know nothing of it. Safe from any thread.
 */
final class ProgressMeter {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final double SECOND = 1e9;

    private static final class Sample {
        private final long at;
        private final long[] bytes;

        Sample(long at, long[] bytes) {
            this.at = at;
            this.bytes = bytes;
        }
    }

    private final Deque<Sample> window = new ArrayDeque<>();

    /**
     * Takes a sample and tells the rates.
     *
     * @param now the clock's reading
     * @param bytes moved so far, per device
     * @return bytes per second over the window, per device
     */
    synchronized double[] rates(long now, long[] bytes) {
        Sample last = window.peekLast();
        if (last == null || now - last.at >= APART_NANOS) {
            window.addLast(new Sample(now, bytes.clone()));
            forgetBefore(now - WINDOW_NANOS);
        }
        Sample oldest = window.getFirst();
        double seconds = (now - oldest.at) / SECOND;
        double[] rates = new double[bytes.length];
        if (seconds > 0) {
            Arrays.setAll(rates, i -> (bytes[i] - oldest.bytes[i]) / seconds);
        }
        return rates;
    }

    /** Keeps one sample from before the window's edge, so that the window is always full. */
    private void forgetBefore(long edge) {
        while (window.size() > 2) {
            Sample oldest = window.removeFirst();
            if (window.getFirst().at - edge > 0) {
                window.addFirst(oldest);
                return;
            }
        }
    }
}
