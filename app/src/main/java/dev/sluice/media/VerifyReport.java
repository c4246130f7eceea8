package dev.sluice.media;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a verification found.
 *
 * @param bytes that were read and are right
 * @param problems by stripe and offset; empty when the set is good, as far as it was read
 * @param cancelled the verification was stopped, so the absence of problems says nothing
 */
public record VerifyReport(long bytes, List<Problem> problems, boolean cancelled) {

    /** Takes a copy of the list. */
    public VerifyReport {
        problems = List.copyOf(problems);
    }

    /**
     * A problem. Chunk digests cover everything before them, so the first damage in a stripe is
     * found exactly, and what follows it in that stripe cannot be judged.
     *
     * @param stripe file name of the stripe; null when it concerns the set
     * @param offset in the stripe, in bytes; -1 when it has no place
     * @param damage whether the set is not what was written; otherwise something could not be read,
     *     which says nothing about the set
     * @param text what is wrong
     */
    public record Problem(@Nullable String stripe, long offset, boolean damage, Told text) {}

    /** Whether the set is not what was written; that holds however much of it was read. */
    public boolean isDamaged() {
        return problems.stream().anyMatch(Problem::damage);
    }

    /** Whether everything was read and nothing is wrong. */
    public boolean isGood() {
        return problems.isEmpty() && !cancelled;
    }
}
