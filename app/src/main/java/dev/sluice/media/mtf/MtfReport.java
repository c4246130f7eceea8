package dev.sluice.media.mtf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What an inspection of one stripe found.
 *
 * @param verdict the outcome
 * @param header the header, null when none could be read
 * @param counts what was read
 * @param problems damage found, the first {@link #MAX_PROBLEMS}
 * @param problemCount how many there were
 */
public record MtfReport(
        Verdict verdict,
        @Nullable BackupHeader header,
        StreamCounts counts,
        List<String> problems,
        long problemCount) {

    /** The outcome of an inspection. */
    public enum Verdict {
        /** Read to the end of the backup set; no damage. */
        SOUND,
        /** Damaged, cut off, or no backup at all. */
        DAMAGED,
        /** Compressed by the server; contents not inspected. */
        COMPRESSED
    }

    /** Problems kept; a stripe can have as many as pages. */
    public static final int MAX_PROBLEMS = 100;

    /** Takes a copy of the list. */
    public MtfReport {
        problems = List.copyOf(problems);
    }
}
