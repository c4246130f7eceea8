package dev.sluice.media.mtf;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads the data of MQDA and MQTL streams and sums it for the CSUM behind it. One thread. */
final class DataReader {

    private final Steps.Step readPage = this::page;
    private final Steps.Step readLog = this::log;

    private final Steps steps;
    private final MtfHandler handler;
    private final Counter counter;
    private final StreamChecksum sum = new StreamChecksum();
    private final Runnable end;
    private boolean sumKnown;
    private long remaining;

    /**
     * @param end runs when the last byte of a stream was set up to be taken
     */
    DataReader(Steps steps, MtfHandler handler, Counter counter, Runnable end) {
        this.steps = steps;
        this.handler = handler;
        this.counter = counter;
        this.end = end;
    }

    void beginPages(StreamHeader stream) throws MtfFormatException {
        long length = stream.length();
        if (length != 0 && (length - StreamLayout.LEAD) % PageLayout.SIZE != 0) {
            throw steps.fault("data of %d bytes, expected 2 and whole pages".formatted(length));
        }
        begin(stream, readPage);
    }

    void beginLog(StreamHeader stream) throws MtfFormatException {
        long length = stream.length();
        if (length != 0 && length < StreamLayout.LEAD) {
            throw steps.fault("log of %d bytes, expected 0 or at least 2".formatted(length));
        }
        begin(stream, readLog);
    }

    private void begin(StreamHeader stream, Steps.Step read) {
        remaining = Math.max(0, stream.length() - StreamLayout.LEAD);
        beginSum(stream, remaining);
        steps.skip(Math.min(StreamLayout.LEAD, stream.length()));
        expectMore(read);
    }

    private void expectMore(Steps.Step read) {
        if (remaining == 0) {
            end.run();
        } else {
            steps.expect((int) Math.min(PageLayout.SIZE, remaining), read);
        }
    }

    private int page(ByteBuffer data, int at) throws IOException {
        int plain = PageChecksum.sum(data, at);
        sum.addPage(plain);
        count(data, at);
        int expected = PageChecksum.fromSum(plain, PageLayout.checksum(data, at));
        switch (PageChecksum.verify(data, at, expected)) {
            case RIGHT -> {
                counter.checkedPages++;
                handler.page(data, at);
            }
            case NONE -> handler.page(data, at);
            case WRONG -> damagedPage(data, at, expected);
        }
        remaining -= PageLayout.SIZE;
        expectMore(readPage);
        return PageLayout.SIZE;
    }

    private void count(ByteBuffer data, int at) {
        counter.pages++;
        if (PageLayout.version(data, at) != PageLayout.HEADER_VERSION) {
            counter.unformattedPages++;
        }
    }

    private void damagedPage(ByteBuffer data, int at, int expected) throws IOException {
        counter.checkedPages++;
        counter.damagedPages++;
        handler.damaged(
                steps.fault(
                        "page %d:%d has checksum 0x%08x, expected 0x%08x"
                                .formatted(
                                        PageLayout.file(data, at),
                                        PageLayout.page(data, at),
                                        PageLayout.checksum(data, at),
                                        expected)));
    }

    private int log(ByteBuffer data, int at) {
        int bytes = steps.wanted();
        addToSum(data, at, bytes);
        counter.logBytes += bytes;
        remaining -= bytes;
        expectMore(readLog);
        return bytes;
    }

    /** Starts the sum of a stream; only that of whole sectors is defined. */
    void beginSum(StreamHeader stream, long bytes) {
        sum.reset();
        sumKnown = stream.has(StreamLayout.CHECKSUMMED) && bytes % SectorSum.SECTOR == 0;
    }

    void addToSum(ByteBuffer data, int at, int bytes) {
        if (sumKnown) {
            sum.add(data, at, bytes);
        }
    }

    /** Compares the sum of the stream with the one that follows it. */
    void checkSum(int stored) throws IOException {
        if (!sumKnown) {
            return;
        }
        counter.checkedStreams++;
        if (stored != sum.value()) {
            counter.damagedStreams++;
            handler.damaged(
                    steps.fault(
                            "the stream before has checksum 0x%08x, expected 0x%08x"
                                    .formatted(sum.value(), stored)));
        }
    }
}
