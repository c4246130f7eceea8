package dev.sluice.job;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

/**
 * A file of the database in a restore, and where it goes. The paths are the servers', in their own
 * style.
 *
 * @param logicalName by which MOVE speaks of it
 * @param from where it was when the backup was taken
 * @param log whether it holds the log
 * @param bytes its size
 * @param to where it goes; null where the server places it itself
 * @param problem why it cannot go there, and what to do; null when it can
 */
public record PlacedFile(
        String logicalName,
        String from,
        boolean log,
        long bytes,
        @Nullable String to,
        @Nullable Told problem) {}
