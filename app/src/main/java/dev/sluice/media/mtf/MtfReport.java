package dev.sluice.media.mtf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What an inspection of one stripe found.
 *
 * @param compressed the server compressed the stripe itself: nothing else was looked at
 * @param header the header, null when none could be read
 * @param counts what was read
 * @param problems damage found, the first {@link #MAX_PROBLEMS}; empty when the stripe is sound
 * @param problemCount how many there were
 */
public record MtfReport(
        boolean compressed,
        @Nullable BackupHeader header,
        StreamCounts counts,
        List<String> problems,
        long problemCount) {

    /** Problems kept; a stripe can have as many as pages. */
    public static final int MAX_PROBLEMS = 100;

    /** Takes a copy of the list. */
    public MtfReport {
        problems = List.copyOf(problems);
    }

    /** No damage was found in what was looked at. */
    public boolean sound() {
        return problemCount == 0;
    }
}
