package dev.sluice.ui.common;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Does work in the background one after another, in the order it was asked for, so that what was
 * asked for last is what stays. FX thread.
 */
public final class InTurn implements Background {

    private final Background background;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    /** Hands one piece of work at a time to another background. */
    public InTurn(Background background) {
        this.background = background;
    }

    @Override
    public <T> void run(
            Callable<T> work, Consumer<? super T> done, Consumer<? super Exception> failed) {
        waiting.add(
                () ->
                        background.run(
                                work,
                                result -> end(() -> done.accept(result)),
                                failure -> end(() -> failed.accept(failure))));
        if (!busy) {
            busy = true;
            waiting.remove().run();
        }
    }

    private void end(Runnable answer) {
        try {
            answer.run();
        } finally {
            Runnable next = waiting.poll();
            busy = next != null;
            if (next != null) {
                next.run();
            }
        }
    }
}
