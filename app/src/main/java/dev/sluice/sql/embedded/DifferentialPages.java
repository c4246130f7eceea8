package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.Lsn;
import dev.sluice.media.mtf.PageLayout;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The pages of a differential backup: those of extents that differ from the base. The digest needs
 * a whole extent before its first page can go, so extents are read aside first. One thread.
 */
final class DifferentialPages implements PageSource {

    private final OnlineImage image;
    private final Extents.Hand hand;
    private final ExtentDigests base;
    private final ExtentDigest digest = new ExtentDigest();
    private final ByteBuffer extent = ByteBuffer.allocateDirect(Extents.BYTES);
    private final Lsn lsn;
    private final long lastPage;
    private long first;
    private long page;
    private long end;

    DifferentialPages(OnlineImage image, Extents.Hand hand, ExtentDigests base) {
        this.image = image;
        this.hand = hand;
        this.base = base;
        this.lsn = Lsns.of(image.version());
        this.lastPage = ImageHeader.pages(image.length());
    }

    @Override
    public boolean next(ByteBuffer target, int at) throws IOException {
        if (page == end && !nextExtent()) {
            return false;
        }
        int offset = (int) (page - first) * PageLayout.PAYLOAD;
        page++;
        PageLayout.writeHeader(target, at, ImageHeader.DATA_TYPE, ImageHeader.FILE, page, lsn);
        target.put(at + PageLayout.HEADER, extent, offset, PageLayout.PAYLOAD);
        return true;
    }

    /** Moves to the next extent that has changed. */
    private boolean nextExtent() throws IOException {
        for (long number = hand.next(); number >= 0; number = hand.next()) {
            first = number * Extents.PAGES;
            long pages = Math.min(Extents.PAGES, lastPage - first);
            extent.clear().limit((int) pages * PageLayout.PAYLOAD);
            image.read(extent, number * Extents.BYTES);
            digest.reset();
            digest.add(extent.flip());
            if (base.differs(number, digest.value())) {
                page = first;
                end = first + pages;
                return true;
            }
        }
        return false;
    }
}
