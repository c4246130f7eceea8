package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.BackupHeader;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the pages of a restore go: into a new data file, or nowhere, when only checked. */
interface PageSink {

    /** Goes nowhere. */
    PageSink NOWHERE =
            new PageSink() {
                @Override
                public void begin(BackupHeader header) {}

                @Override
                public void image(ImageHeader image) {}

                @Override
                public void write(ByteBuffer payload, long position) {}
            };

    /** The first stripe's header was read. Before any page of any stripe; called once. */
    void begin(BackupHeader header) throws IOException, StatementException;

    /** The first stripe's page 0 was read. Called once. */
    void image(ImageHeader image) throws IOException, StatementException;

    /** A part of the image; called by all devices' threads at once. */
    void write(ByteBuffer payload, long position) throws IOException;
}
