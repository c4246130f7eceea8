package dev.sluice.ui.common;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Optional;

/** The questions the window asks. FX thread. */
public interface Prompts {

    /** Whether a running restore shall really be cancelled; says what that leaves behind. */
    boolean cancelRestore(String database);

    /** Whether to cancel the running job and close the window once it has drained. */
    boolean cancelAndClose();

    /** The name under which to save a profile. */
    Optional<String> profileName(String proposal);

    /** Whether to delete a profile. */
    boolean deleteProfile(String name);

    /**
     * A folder to choose.
     *
     * @param start where to begin; null for anywhere
     */
    Optional<Path> folder(@Nullable Path start);
}
