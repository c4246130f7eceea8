package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.MtfFormatException;
import dev.sluice.media.mtf.MtfHandler;
import dev.sluice.media.mtf.PageLayout;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Puts an image together again from the pages of all stripes, in whatever order they come, and sees
 * that each page comes once and none is missing. Each device's thread has a {@link #handler}.
 */
final class ImageAssembly {

    private final MediaSetCheck mediaSet;
    private final PageSink sink;
    private final Progress progress;
    private final AtomicLong pages = new AtomicLong();
    private @Nullable BackupHeader header;
    private @Nullable BackupHeader finalHeader;
    private @Nullable ImageHeader image;
    private @Nullable AtomicLongArray seen;

    ImageAssembly(int devices, PageSink sink, Progress progress) {
        this.mediaSet = new MediaSetCheck(devices);
        this.sink = sink;
        this.progress = progress;
    }

    /** The handler for the stripe on a device. */
    MtfHandler handler(String device) {
        return new Stripe(device);
    }

    /** Image pages so far, all stripes together. */
    long pages() {
        return pages.get();
    }

    /** The header; fails before one was read. */
    synchronized BackupHeader header() {
        return required(header);
    }

    /** The image's header; fails before one was read. */
    synchronized ImageHeader image() {
        return required(image);
    }

    /** A log backup, or one of another server, may have no page at all. */
    private synchronized boolean hasImage() {
        return image != null;
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no stripe was read");
        }
        return value;
    }

    private synchronized void begin(String device, BackupHeader stripe)
            throws IOException, StatementException {
        mediaSet.add(device, stripe);
        if (header == null) {
            progress.expect(stripe.files().isEmpty() ? 0 : stripe.files().getFirst().pages());
            // first of all, so that no other stripe goes on before it succeeded
            sink.begin(stripe);
            header = stripe;
        }
    }

    private synchronized AtomicLongArray image(String device, ImageHeader stripe)
            throws IOException, StatementException {
        if (image == null) {
            sink.image(stripe);
            seen = new AtomicLongArray((int) (ImageHeader.pages(stripe.length()) / Long.SIZE + 1));
            image = stripe;
        } else if (!image.equals(stripe)) {
            throw Messages.incorrectlyFormed(device, "its image is not that of the other stripes");
        }
        return required(seen);
    }

    /** All stripes were read to their ends: fails when pages are missing. */
    void checkComplete(String device) throws StatementException {
        if (!hasImage()) {
            throw Messages.notOurs(device);
        }
        long whole = ImageHeader.pages(image().length());
        long expected = image().isDifferential() ? announcedPages() : whole;
        if (pages.get() != expected || expected != announcedPages()) {
            throw Messages.incorrectlyFormed(
                    device,
                    "its stripes hold %d pages, %d were announced, the image has %d"
                            .formatted(pages.get(), announcedPages(), whole));
        }
    }

    /** Image pages by the final header, which counts page 0 of each stripe as well. */
    private synchronized long announcedPages() {
        BackupHeader last = required(finalHeader);
        return last.files().getFirst().pages() - last.media().families();
    }

    private synchronized void end(BackupHeader last) {
        finalHeader = last;
    }

    /** One stripe; on its device's thread. */
    private final class Stripe implements MtfHandler {

        private final String device;
        private @Nullable AtomicLongArray bits;
        private @Nullable ByteBuffer source;
        private @Nullable ByteBuffer view;
        private long lastPage;
        private long length;
        private long counted;

        Stripe(String device) {
            this.device = device;
        }

        @Override
        public void header(BackupHeader stripe) throws IOException {
            try {
                begin(device, stripe);
            } catch (StatementException e) {
                throw new StripeRefused(e);
            }
        }

        @Override
        public void page(ByteBuffer buffer, int at) throws IOException {
            long page = PageLayout.page(buffer, at);
            if (bits == null) {
                first(buffer, at);
            } else {
                note(bits, page);
                write(buffer, at, page);
                count();
            }
        }

        /** The page every stripe begins with. */
        private void first(ByteBuffer buffer, int at) throws IOException {
            try {
                ImageHeader stripe = ImageHeader.get(buffer, at);
                bits = image(device, stripe);
                length = stripe.length();
                lastPage = ImageHeader.pages(length);
            } catch (IllegalArgumentException e) {
                throw new StripeRefused(Messages.notOurs(device));
            } catch (StatementException e) {
                throw new StripeRefused(e);
            }
        }

        private void note(AtomicLongArray marks, long page) throws StripeRefused {
            if (page < 1 || page > lastPage) {
                throw refused("page %d lies outside its image".formatted(page));
            }
            long bit = 1L << page;
            int word = (int) (page / Long.SIZE);
            if ((marks.getAndAccumulate(word, bit, (old, mark) -> old | mark) & bit) != 0) {
                throw refused("page %d is in it twice".formatted(page));
            }
        }

        private StripeRefused refused(String why) {
            return new StripeRefused(Messages.incorrectlyFormed(device, why));
        }

        private void write(ByteBuffer buffer, int at, long page) throws IOException {
            long position = ImageHeader.position(page);
            int count = (int) Math.min(PageLayout.PAYLOAD, length - position);
            int start = at + PageLayout.HEADER;
            sink.write(viewOf(buffer).limit(start + count).position(start), position);
        }

        /** A view whose position and limit are ours; made once per chunk, not per page. */
        @SuppressWarnings("ReferenceEquality") // the same memory, not the same content
        private ByteBuffer viewOf(ByteBuffer buffer) {
            if (view == null || source != buffer) {
                source = buffer;
                view = buffer.duplicate();
            }
            return view.clear();
        }

        private void count() {
            pages.incrementAndGet();
            if (++counted % Extents.PAGES == 0) {
                progress.add(Extents.PAGES);
            }
        }

        @Override
        public void ended(BackupHeader last) {
            end(last);
        }

        @Override
        public void damaged(MtfFormatException fault) throws IOException {
            throw new StripeRefused(Messages.damaged(device, fault));
        }
    }
}
