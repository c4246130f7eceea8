package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.Lsn;
import dev.sluice.media.mtf.PageLayout;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The pages of a full backup: the file is read straight into the shared buffer, and each extent's
 * digest is taken while its bytes are in the processor's cache. One thread.
 */
final class FullPages implements PageSource {

    private final OnlineImage image;
    private final Extents.Hand hand;
    private final ExtentDigests digests;
    private final ExtentDigest digest = new ExtentDigest();
    private final Lsn lsn;
    private final long lastPage;
    private long extent = -1;
    private long page;
    private long end;

    /**
     * @param digests where each extent's digest goes
     */
    FullPages(OnlineImage image, Extents.Hand hand, ExtentDigests digests) {
        this.image = image;
        this.hand = hand;
        this.digests = digests;
        this.lsn = Lsns.of(image.version());
        this.lastPage = ImageHeader.pages(image.length());
    }

    @Override
    public boolean next(ByteBuffer target, int at) throws IOException {
        if (page == end && !nextExtent()) {
            return false;
        }
        page++;
        PageLayout.writeHeader(
                target.clear(), at, ImageHeader.DATA_TYPE, ImageHeader.FILE, page, lsn);
        int payload = at + PageLayout.HEADER;
        target.limit(at + PageLayout.SIZE).position(payload);
        image.read(target, ImageHeader.position(page));
        digest.add(target.position(payload));
        if (page == end) {
            digests.set(extent, digest.value());
        }
        return true;
    }

    private boolean nextExtent() {
        extent = hand.next();
        if (extent < 0) {
            return false;
        }
        digest.reset();
        page = extent * Extents.PAGES;
        end = Math.min(page + Extents.PAGES, lastPage);
        return true;
    }
}
