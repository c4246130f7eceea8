package dev.sluice.media.mtf;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a reader finds. */
final class RecordingHandler implements MtfHandler {

    final List<BackupHeader> headers = new ArrayList<>();
    final List<ByteBuffer> pages = new ArrayList<>();
    final List<Boolean> inPlace = new ArrayList<>();
    @Nullable BackupHeader ended;
    @Nullable ByteBuffer chunk;

    @Override
    public void header(BackupHeader header) {
        headers.add(header);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // whether it is the very buffer is the question
    public void page(ByteBuffer buffer, int at) {
        pages.add(ByteBuffer.allocate(PageLayout.SIZE).put(0, buffer, at, PageLayout.SIZE));
        inPlace.add(buffer == chunk);
    }

    @Override
    public void ended(BackupHeader header) {
        ended = header;
    }
}
