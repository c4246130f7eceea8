package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.MtfHandler;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Reads the headers of all devices, and no further than that. Small reads would do; the client may
 * see the devices closed with much of the stream unread.
 */
final class HeaderLook {

    private final DeviceSet set;
    private final ReadSizes sizes;
    private final MediaSetCheck mediaSet;
    private @Nullable BackupHeader first;

    HeaderLook(DeviceSet set, ReadSizes sizes) {
        this.set = set;
        this.sizes = sizes;
        this.mediaSet = new MediaSetCheck(set.channels().size());
    }

    /** The header on the first device, after all that were given were read and belong together. */
    BackupHeader header() throws Exception {
        Operation operation = new Operation(set.channels().size());
        new Crew(set, operation)
                .run(
                        device -> {
                            DeviceChannel channel = set.channels().get(device);
                            One one = new One();
                            new StripeReader(one, channel, set, operation, sizes, 1)
                                    .read(() -> one.header != null);
                            add(device, channel.name(), one);
                        });
        BackupHeader header = first;
        if (header == null) {
            throw new IllegalStateException("no header was read");
        }
        return header;
    }

    private synchronized void add(int device, String name, One one) throws StatementException {
        BackupHeader header = one.header;
        if (header == null) {
            throw new IllegalStateException("no header was read from " + name);
        }
        // one device of several tells it all
        if (set.channels().size() > 1) {
            mediaSet.add(name, header);
        }
        if (device == 0) {
            first = header;
        }
    }

    private static final class One implements MtfHandler {

        private @Nullable BackupHeader header;

        @Override
        public void header(BackupHeader found) {
            header = found;
        }

        @Override
        public void page(ByteBuffer buffer, int at) {}
    }
}
