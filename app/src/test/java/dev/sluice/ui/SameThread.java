package dev.sluice.ui;

import dev.sluice.ui.common.Background;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Does background work at once, on the thread that asks for it. */
public final class SameThread implements Background {

    @Override
    public <T> void run(
            Callable<T> work, Consumer<? super T> done, Consumer<? super Exception> failed) {
        T result;
        try {
            result = work.call();
        } catch (Exception e) {
            failed.accept(e);
            return;
        }
        done.accept(result);
    }
}
