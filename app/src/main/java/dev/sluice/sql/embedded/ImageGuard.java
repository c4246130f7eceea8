package dev.sluice.sql.embedded;

/**
 * Watches that an image of a data file stays as it was while it is copied. The two header blocks
 * are free to change: the image has a copy of them.
 */
final class ImageGuard {

    private final long headerEnd;
    private final long length;
    private volatile boolean spoiled;

    /**
     * @param headerEnd where the watched part begins
     * @param length where it ends
     */
    ImageGuard(long headerEnd, long length) {
        this.headerEnd = headerEnd;
        this.length = length;
    }

    /** Something is about to be written here. */
    void written(long position) {
        if (position >= headerEnd && position < length) {
            spoiled = true;
        }
    }

    /** The file is about to be cut to this size. */
    void truncated(long size) {
        if (size < length) {
            spoiled = true;
        }
    }

    /** Whether something inside the image was overwritten. */
    boolean isSpoiled() {
        return spoiled;
    }
}
