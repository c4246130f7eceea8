package dev.sluice.media;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.MtfFormatException;
import dev.sluice.media.mtf.MtfHandler;
import dev.sluice.media.mtf.MtfReader;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads what a stream says about itself from its beginning. */
final class StreamHeaders {

    private static final Logger LOG = LoggerFactory.getLogger(StreamHeaders.class);

    private static final int PART = 64 * 1024;

    /** A header of thousands of files fits; data that is no tape format is given up on. */
    private static final long ENOUGH = 16L << 20;

    private StreamHeaders() {}

    /**
     * The header of a stripe; null when the server compressed the stream or its header cannot be
     * read, which is no reason to doubt what the server has vouched for.
     */
    static Manifest.@Nullable Header read(StripeFile stripe) throws IOException {
        Finder finder = new Finder();
        MtfReader reader = new MtfReader(finder);
        ByteBuffer part = ByteBuffer.allocateDirect(PART);
        try {
            for (long at = 0; finder.found == null && at < ENOUGH; at += PART) {
                if (stripe.readFully(part.clear(), at) == 0) {
                    return null;
                }
                reader.feed(part.flip());
            }
        } catch (MtfFormatException e) {
            LOG.info("The header of {} cannot be read: {}", stripe.path(), e.getMessage());
        }
        return finder.found == null ? null : describe(finder.found);
    }

    static Manifest.Header describe(BackupHeader header) {
        return new Manifest.Header(
                header.media().mediaSet().toString(),
                header.database(),
                header.server(),
                header.version().toString(),
                header.lsns().first().toString(),
                header.lsns().last().toString(),
                header.lsns().checkpoint().toString(),
                header.lsns().databaseBackup().toString(),
                header.times().start());
    }

    private static final class Finder implements MtfHandler {

        private @Nullable BackupHeader found;

        @Override
        public void header(BackupHeader header) {
            found = header;
        }

        @Override
        public void page(ByteBuffer buffer, int at) {
            // pages follow the header
        }
    }
}
