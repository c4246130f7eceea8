package dev.sluice.media.mtf;

/**
 * What was found in a stream.
 *
 * @param bytes length of the stream, up to the end of its backup set
 * @param blocks descriptor blocks
 * @param streams streams in them, padding included
 * @param pages pages, damaged ones included
 * @param unformattedPages of these, pages the database never used: whatever the disk held there
 * @param checkedPages of these, pages with a checksum
 * @param damagedPages of these, pages with a wrong checksum
 * @param logBytes bytes of transaction log
 * @param checkedStreams streams with a checksum that could be checked
 * @param damagedStreams of these, streams with a wrong checksum
 */
public record StreamCounts(
        long bytes,
        int blocks,
        int streams,
        long pages,
        long unformattedPages,
        long checkedPages,
        long damagedPages,
        long logBytes,
        int checkedStreams,
        int damagedStreams) {}
