package dev.sluice.ui.restore;

import dev.sluice.job.PlacedFile;

/**
 * A file in the table of those that are restored.
 *
 * @param file what the sets and the server tell of it
 * @param to where it goes, as it is shown and typed; empty where the server places it
 * @param byHand whether somebody chose that place
 * @param problem why it cannot go there; empty when it can
 */
public record FileRow(PlacedFile file, String to, boolean byHand, String problem) {}
