package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Work on a daemon thread of its own. All waiting is bounded, so that a hang is a failure.
 *
 * @param <T> what the work returns
 */
public final class Running<T extends @Nullable Object> {

    private static final int PATIENCE_SECONDS = 20;

    /** The thread. */
    public final Thread thread;

    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Running(String role, Callable<T> work) {
        thread =
                Thread.ofPlatform()
                        .name("test-" + role)
                        .daemon()
                        .start(
                                () -> {
                                    try {
                                        result.complete(work.call());
                                    } catch (Throwable t) {
                                        result.completeExceptionally(t);
                                    }
                                });
    }

    /** Starts the work. */
    public static <T extends @Nullable Object> Running<T> start(String role, Callable<T> work) {
        return new Running<>(role, work);
    }

    /** Waits for a latch. */
    public static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for a future. */
    static <T extends @Nullable Object> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until the thread waits for something, or is inside a call of a native library. */
    public Running<T> untilBlocked() {
        return until(this::isBlocked);
    }

    /**
     * Waits until the call waits in Java for another thread; a call into a library, however short,
     * is not taken for it.
     */
    public Running<T> untilWaiting() {
        return until(this::isWaiting);
    }

    private Running<T> until(BooleanSupplier reached) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!reached.getAsBoolean()) {
            assertThat(thread.isAlive()).as("%s is still inside", thread.getName()).isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        return this;
    }

    private boolean isBlocked() {
        return isWaiting() || (thread.getState() == Thread.State.RUNNABLE && isInNativeCall());
    }

    private boolean isWaiting() {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    private boolean isInNativeCall() {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0 && isIntoTheLibrary(stack[0]);
    }

    /** JNA's own way in, a method that JNA maps directly, or one that calls without JNA. */
    private static boolean isIntoTheLibrary(StackTraceElement method) {
        String type = method.getClassName();
        if (!method.isNativeMethod()) {
            return type.equals("dev.sluice.vdi.jna.posix.DeviceCalls");
        }
        return type.startsWith("dev.sluice.vdi.jna.")
                || (type.startsWith("com.sun.jna.") && method.getMethodName().startsWith("invoke"));
    }

    /** Waits until the thread has ended. */
    void untilEnded() {
        untilEnded(thread);
    }

    /** Waits until a thread has ended. */
    static void untilEnded(Thread thread) {
        try {
            assertThat(thread.join(Duration.ofSeconds(PATIENCE_SECONDS)))
                    .as("%s ended", thread.getName())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What the work returned. */
    public T result() {
        return get(result);
    }

    /** How the work ended. */
    public VdiStatus status() {
        try {
            result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return VdiStatus.NOERROR;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof VdiException failure) {
                return failure.status();
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** What the work threw. */
    public Throwable failure() {
        try {
            result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("It did not fail");
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the work has ended. */
    public boolean isDone() {
        return result.isDone();
    }
}
