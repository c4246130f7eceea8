package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.PageLayout;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Deals the extents of an image, eight pages each, out to the devices: a run of extents to whoever
 * asks next, so that a slow device gets fewer. Any thread.
 */
final class Extents {

    /** Pages of an extent. */
    static final int PAGES = 8;

    /** Bytes of the image in an extent. */
    static final int BYTES = PAGES * PageLayout.PAYLOAD;

    /** Extents dealt at a time: about a megabyte, for long reads. */
    private static final int RUN = 16;

    private final long count;
    private final AtomicLong next = new AtomicLong();

    Extents(long imageLength) {
        this.count = count(imageLength);
    }

    /** How many extents an image has. */
    static long count(long imageLength) {
        return (imageLength + BYTES - 1) / BYTES;
    }

    long count() {
        return count;
    }

    /** A hand to deal to, for one device. */
    Hand hand() {
        return new Hand();
    }

    /** The extents of one device, one after the other. */
    final class Hand {

        private long extent;
        private long end;

        /** The next extent's number, or -1 when all are dealt. */
        long next() {
            if (extent == end) {
                extent = next.getAndAdd(RUN);
                end = extent + RUN;
            }
            return extent < count ? extent++ : exhausted();
        }

        private long exhausted() {
            end = extent;
            return -1;
        }
    }
}
