package dev.sluice.ui.common;

import javafx.application.Platform;
import javafx.util.Duration;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one class that crosses to the FX thread. Closing it stops new work; work under way ends by
 * itself on a daemon thread.
 */
public final class FxThread implements Background, AutoCloseable {

    private final ExecutorService workers =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().daemon().name("sluice-ui-worker-", 1).factory());

    /** Runs an action on the FX thread after what it does now. */
    public static void later(Runnable action) {
        Platform.runLater(action);
    }

    /** Runs an action on the FX thread after a while. */
    public static void later(Duration delay, Runnable action) {
        CompletableFuture.delayedExecutor(
                        (long) delay.toMillis(), TimeUnit.MILLISECONDS, FxThread::later)
                .execute(action);
    }

    @Override
    public <T> void run(
            Callable<T> work, Consumer<? super T> done, Consumer<? super Exception> failed) {
        // an answer that came after the window was closed may still ask for more
        if (!workers.isShutdown()) {
            workers.execute(() -> Platform.runLater(answer(work, done, failed)));
        }
    }

    // Whatever the work may throw belongs to the one who asked for it, who else would wait for
    // ever; an error is a defect besides, for the handler of the FX thread.
    private static <T> Runnable answer(
            Callable<T> work, Consumer<? super T> done, Consumer<? super Exception> failed) {
        try {
            T result = work.call();
            return () -> done.accept(result);
        } catch (Exception e) {
            return () -> failed.accept(e);
        } catch (Error e) {
            return () -> {
                failed.accept(new ExecutionException(e.toString(), e));
                throw e;
            };
        }
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
