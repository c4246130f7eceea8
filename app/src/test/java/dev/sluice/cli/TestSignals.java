package dev.sluice.cli;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Ctrl-C as a method. */
public final class TestSignals implements StopSignals {

    private final AtomicReference<@Nullable Consumer<String>> listener = new AtomicReference<>();

    /** As if the user pressed Ctrl-C; true when somebody listened. */
    public boolean press() {
        Consumer<String> heard = listener.get();
        if (heard == null) {
            return false;
        }
        heard.accept("Ctrl-C");
        return true;
    }

    @Override
    public Listening listen(Consumer<String> heard) {
        if (!listener.compareAndSet(null, heard)) {
            throw new IllegalStateException("somebody listens already");
        }
        return () -> listener.set(null);
    }
}
