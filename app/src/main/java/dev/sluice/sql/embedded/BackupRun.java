package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.MtfWriter;
import dev.sluice.media.mtf.PageLayout;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.vdi.protocol.CommandCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Streams an image to the devices of a set: each device's thread fills transfers with its media
 * family, all meet, then each ends its stream, flushes it and, where the client asked for it, sends
 * Complete.
 */
final class BackupRun {

    private final BackupStatement statement;
    private final OnlineImage image;
    private final DeviceSet set;
    private final Operation operation;
    private final Progress progress;
    private final ImageHeader imageHeader;
    private final BackupHeader header;
    private final Extents extents;
    private final ExtentDigests digests;
    private final AtomicLong pages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    BackupRun(
            BackupStatement statement,
            Source source,
            DeviceSet set,
            Operation operation,
            Progress progress) {
        this.statement = statement;
        this.image = source.image;
        this.set = set;
        this.operation = operation;
        this.progress = progress;
        this.imageHeader = new ImageHeader(image.length(), image.version(), source.base);
        this.header = Headers.of(statement, source.entry, source.mediaSet, imageHeader);
        this.extents = new Extents(image.length());
        this.digests = source.digests;
    }

    /**
     * What is backed up.
     *
     * @param entry the database
     * @param image its image
     * @param mediaSet GUID of the media set that is being written
     * @param base the base of a differential, else {@link ImageHeader#NO_BASE}
     * @param digests to compare with for a differential, to fill for a full backup
     */
    record Source(
            DatabaseEntry entry,
            OnlineImage image,
            UUID mediaSet,
            DatabaseEntry.BackupIdentity base,
            ExtentDigests digests) {}

    /** Pages written, all devices together. */
    long pages() {
        return pages.get();
    }

    /** Streams everything; returns when every device has acknowledged its last command. */
    void run() throws Exception {
        progress.expect(ImageHeader.pages(image.length()));
        new Crew(set, operation).run(this::stripe);
        progress.complete();
    }

    private void stripe(int device) throws IOException, DeviceFailure, Operation.StoppedException {
        MtfWriter mtf = new MtfWriter(header.withFamily(device + 1), set.blockSize());
        DeviceChannel channel = set.channels().get(device);
        StripeWriter writer = new StripeWriter(mtf, channel, set, operation, progress);
        try {
            writer.slots(mtf.prologue());
            writer.pages(headerPage());
            writer.pages(source());
            pages.addAndGet(writer.pages());
            bytes.addAndGet(mtf.position());
            ByteBuffer aside = writer.putAside();
            operation.meet();
            // nobody reads the image any more, and nobody may say that the stream is whole before
            image.verify();
            writer.slots(aside);
            writer.slots(mtf.epilogue(finalHeader()));
            writer.finish();
        } finally {
            writer.abandon();
        }
        end(channel);
    }

    /** Complete goes out when every stripe is durable, for it commits the whole backup. */
    private void end(DeviceChannel channel) throws DeviceFailure, Operation.StoppedException {
        channel.control(CommandCode.FLUSH);
        operation.meet();
        if (set.requestsComplete()) {
            channel.control(CommandCode.COMPLETE);
        }
    }

    private PageSource source() {
        Extents.Hand hand = extents.hand();
        return statement.type() == BackupType.DIFFERENTIAL
                ? new DifferentialPages(image, hand, digests)
                : new FullPages(image, hand, digests);
    }

    private PageSource headerPage() {
        return new PageSource() {
            private boolean given;

            @Override
            public boolean next(ByteBuffer target, int at) {
                if (given) {
                    return false;
                }
                given = true;
                PageLayout.writeHeader(
                        target,
                        at,
                        ImageHeader.HEADER_TYPE,
                        ImageHeader.FILE,
                        ImageHeader.PAGE,
                        Lsns.of(imageHeader.version()));
                imageHeader.put(target, at);
                return true;
            }
        };
    }

    private BackupHeader finalHeader() {
        return Headers.finished(header, bytes.get(), pages.get());
    }
}
