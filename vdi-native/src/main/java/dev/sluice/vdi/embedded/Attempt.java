package dev.sluice.vdi.embedded;

import dev.sluice.vdi.VdiException;

import org.jspecify.annotations.Nullable;

/**
 * Something that is tried inside the set's monitor until it works or fails for good.
 *
 * @param <T> the result
 */
@FunctionalInterface
interface Attempt<T> {

    /** The result, or null to wait for a change and try again. */
    @Nullable T attempt() throws VdiException;
}
