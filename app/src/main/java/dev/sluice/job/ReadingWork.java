package dev.sluice.job;

import dev.sluice.job.JobSnapshot.EstimateSource;
import dev.sluice.media.BackupSet;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/** The server reads a backup set: to restore it, or to look at it. */
abstract class ReadingWork implements JobWork {

    private static final Logger LOG = LoggerFactory.getLogger(ReadingWork.class);

    private final long limitRate;
    private List<StripeReader> readers = List.of();

    /**
     * @param limitRate bytes per second for all devices together; 0 for no limit
     */
    ReadingWork(long limitRate) {
        this.limitRate = limitRate;
    }

    /** The set; null before it was opened; from any thread. */
    abstract @Nullable BackupSet present();

    /** The set, once it was opened; from any thread. */
    final BackupSet opened() {
        return Objects.requireNonNull(present(), "the set is opened before anything is done");
    }

    /** The folder is known before the set is opened. */
    @Override
    public abstract Path set();

    @Override
    public final @Nullable String type() {
        BackupSet set = present();
        return set == null ? null : SetOwner.of(set.manifest()).type();
    }

    @Override
    public final Path stripe(int device) {
        return opened().stripePath(device);
    }

    @Override
    public Estimate estimate() {
        BackupSet set = present();
        return set == null
                ? Estimate.NONE
                : new Estimate(set.manifest().rawSize(), EstimateSource.BACKUP_SET);
    }

    /** The stripes to read, which are closed here. */
    final void read(List<StripeReader> opened) {
        readers = List.copyOf(opened);
    }

    @Override
    public final int devices() {
        return readers.size();
    }

    @Override
    public final int features() {
        return Features.LIKE_PIPE;
    }

    @Override
    public final int direction() {
        return Features.READ_MEDIA;
    }

    @Override
    public final DeviceTransfer transfer(
            List<ClientDevice> opened, CompletionGate gate, LongSupplier nanoTime) {
        return DeviceTransfer.restore(opened, readers, RateLimit.of(limitRate), nanoTime);
    }

    /** The server alone knows whether it read all it needed. */
    @Override
    public final boolean isUsable(Streaming streaming, CompletionGate gate) {
        return true;
    }

    /** Files that were only read: no trouble in closing them changes what the server did. */
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
