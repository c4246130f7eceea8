package dev.sluice.media.mtf;

/** Counts what a reader finds; becomes {@link StreamCounts}. One thread. */
final class Counter {

    int blocks;
    int streams;
    long pages;
    long unformattedPages;
    long checkedPages;
    long damagedPages;
    long logBytes;
    int checkedStreams;
    int damagedStreams;

    StreamCounts counts(long bytes) {
        return new StreamCounts(
                bytes,
                blocks,
                streams,
                pages,
                unformattedPages,
                checkedPages,
                damagedPages,
                logBytes,
                checkedStreams,
                damagedStreams);
    }
}
