package dev.sluice.job;

import dev.sluice.media.StripeReader;
import dev.sluice.transfer.CompletionGate;
import dev.sluice.transfer.DeviceTransfer;
import dev.sluice.transfer.RateLimit;
import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.protocol.Features;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/** The server reads a backup set and changes nothing. */
abstract class LookWork implements JobWork {

    private static final Logger LOG = LoggerFactory.getLogger(LookWork.class);

    private final long limitRate;
    private List<StripeReader> readers = List.of();

    /**
     * @param limitRate bytes per second for all devices together; 0 for no limit
     */
    LookWork(long limitRate) {
        this.limitRate = limitRate;
    }

    /** The stripes to read, which are closed here. */
    final void read(List<StripeReader> opened) {
        readers = List.copyOf(opened);
    }

    @Override
    public @Nullable JobKind recordedAs(RunRecord.Outcome outcome) {
        return null;
    }

    @Override
    public int devices() {
        return readers.size();
    }

    @Override
    public int features() {
        return Features.LIKE_PIPE;
    }

    @Override
    public int direction() {
        return Features.READ_MEDIA;
    }

    @Override
    public DeviceTransfer transfer(
            List<ClientDevice> opened, CompletionGate gate, LongSupplier nanoTime) {
        return DeviceTransfer.restore(opened, readers, RateLimit.of(limitRate), nanoTime);
    }

    /** The server alone knows whether it read all it needed. */
    @Override
    public boolean isUsable(Streaming streaming, CompletionGate gate) {
        return true;
    }

    @Override
    public String discard() {
        closeStripes();
        return "Nothing was touched.";
    }

    /** Files that were only read: no trouble in closing them changes anything. */
    final void closeStripes() {
        List<StripeReader> open = readers;
        readers = List.of();
        for (StripeReader reader : open) {
            try {
                reader.close();
            } catch (IOException e) {
                LOG.warn("Closing a stripe of {} met an error", set(), e);
            }
        }
    }
}
