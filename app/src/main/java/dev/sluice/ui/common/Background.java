package dev.sluice.ui.common;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Work that may wait on disks, locks or servers goes through here, so that the FX thread never
 * does. Called on the FX thread.
 */
public interface Background {

    /**
     * Runs work elsewhere and hands its outcome back on the FX thread.
     *
     * @param work may block; must not touch what belongs to the FX thread
     * @param done hears the result
     * @param failed hears what the work threw
     */
    <T> void run(Callable<T> work, Consumer<? super T> done, Consumer<? super Exception> failed);
}
