package dev.sluice.cli;

import java.util.function.Consumer;

/** Where requests to stop come from: Ctrl-C and the system's request to end. */
public interface StopSignals {

    /** The end of listening; what the process did with the signals before, it does again. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Hears every signal, instead of the process ending by it, until closed.
     *
     * @param listener gets who asks, such as {@code Ctrl-C}; on a thread of its own, one call at a
     *     time
     */
    Listening listen(Consumer<String> listener);
}
