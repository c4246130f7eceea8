package dev.sluice.job;

import dev.sluice.words.Told;

import java.util.List;

/**
 * What was found where values with names are kept.
 *
 * @param found the usable ones, by name
 * @param problems a sentence for each file that cannot be used
 * @param <T> what they are
 */
public record Listing<T>(List<T> found, List<Told> problems) {}
