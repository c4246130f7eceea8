package dev.sluice.ui;

import dev.sluice.ui.common.Background;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Keeps background work until the test wants it done. */
public final class Later implements Background {

    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @Override
    public <T> void run(
            Callable<T> work, Consumer<? super T> done, Consumer<? super Exception> failed) {
        waiting.add(() -> new SameThread().run(work, done, failed));
    }

    /** How much waits. */
    public int waiting() {
        return waiting.size();
    }

    /** Does what has waited longest. */
    public void doNext() {
        waiting.remove().run();
    }

    /** Does what was asked for last, as when the rest takes longer. */
    public void doNewest() {
        waiting.removeLast().run();
    }

    /** Does all that waits, and what comes of it. */
    public void doAll() {
        while (!waiting.isEmpty()) {
            doNext();
        }
    }
}
